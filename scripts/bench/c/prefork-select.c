/* N children wait in select for the one inherited listener, then accept without blocking (UNP 30.6). */
#include "loop.h"
#include "pool.h"
#include <sys/select.h>

static void serve_forever(int listener) {
  for (;;) {
    fd_set readers;
    FD_ZERO(&readers);
    FD_SET(listener, &readers);
    if (select(listener + 1, &readers, NULL, NULL, NULL) < 0 && errno != EINTR) die("select");
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
