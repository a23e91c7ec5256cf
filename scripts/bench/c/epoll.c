/*
 * One process for all clients, in one epoll loop, level-triggered (epoll(7)). A connection waits for readability
 * until its request came, then for writability until the answer is out, so a slow reader stalls nobody.
 */
#include "loop.h"
#include <sys/epoll.h>

#define MOST_EVENTS 256
#define MOST_CLIENTS 4096

/* By descriptor; negative while the request is awaited. */
static long left_to_write[MOST_CLIENTS];
static int epoll;

static void watch(int operation, int descriptor, uint32_t events) {
  struct epoll_event event = {.events = events, .data.fd = descriptor};
  if (epoll_ctl(epoll, operation, descriptor, &event) < 0) die("epoll_ctl");
}

static void welcome(int listener) {
  int connection = accept_if_any(listener, SOCK_NONBLOCK);
  if (connection < 0) return;
  if (connection >= MOST_CLIENTS) {
    fprintf(stderr, "more than %d clients: closed\n", MOST_CLIENTS);
    close(connection);
    return;
  }
  left_to_write[connection] = -1;
  watch(EPOLL_CTL_ADD, connection, EPOLLIN);
}

static void serve(int connection) {
  long *left = &left_to_write[connection];
  if (*left < 0) {
    *left = read_request(connection);
    if (*left > 0) watch(EPOLL_CTL_MOD, connection, EPOLLOUT);
  } else {
    *left = write_some(connection, *left);
  }
  if (*left <= 0) close(connection); /* which takes it out of the set */
}

int main(int argc, char **argv) {
  struct epoll_event ready[MOST_EVENTS];
  int listener = listen_without_blocking(port_argument(argc, argv));
  epoll = epoll_create1(0);
  if (epoll < 0) die("epoll_create1");
  watch(EPOLL_CTL_ADD, listener, EPOLLIN);
  for (;;) {
    int count = epoll_wait(epoll, ready, MOST_EVENTS, -1);
    if (count < 0 && errno != EINTR) die("epoll_wait");
    for (int i = 0; i < count; i++) {
      if (ready[i].data.fd == listener) welcome(listener);
      else serve(ready[i].data.fd);
    }
  }
}
