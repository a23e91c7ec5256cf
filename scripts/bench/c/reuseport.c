/* N children, each blocks in accept on a listener of its own; the kernel spreads the connections (socket(7)). */
#include "pool.h"

static void serve_forever(int port) {
  int listener = open_listener(port, true);
  for (;;) {
    int connection = accept_next(listener);
    serve_bytes(connection);
    close(connection);
  }
}

int main(int argc, char **argv) {
  int port = port_argument(argc, argv);
  return run_pool(number_argument(argc, argv, 2, MOST_CHILDREN, DEFAULT_CHILDREN), serve_forever, port);
}
