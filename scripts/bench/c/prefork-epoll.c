/* N children, each with an epoll set of its own for the one inherited listener; they wait, then accept without
   blocking (epoll(7)). */
#include "loop.h"
#include "pool.h"
#include <sys/epoll.h>

static void serve_forever(int listener) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
  int epoll = epoll_create1(0);
  if (epoll < 0) die("epoll_create1");
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event) < 0) die("epoll_ctl");
  for (;;) {
    if (epoll_wait(epoll, &event, 1, -1) < 0 && errno != EINTR) die("epoll_wait");
    int connection = accept_if_any(listener, 0);
    if (connection < 0) continue; /* another child was faster */
    serve_bytes(connection);
    close(connection);
  }
}

int main(int argc, char **argv) {
  int listener = listen_without_blocking(port_argument(argc, argv));
  return run_pool(number_argument(argc, argv, 2, MOST_CHILDREN, DEFAULT_CHILDREN), serve_forever, listener);
}
