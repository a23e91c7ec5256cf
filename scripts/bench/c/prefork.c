/* N children, forked before any client came, all block in accept on the one inherited listener (UNP 30.6). */
#include "pool.h"

static void serve_forever(int listener) {
  for (;;) {
    int connection = accept_next(listener);
    serve_bytes(connection);
    close(connection);
  }
}

int main(int argc, char **argv) {
  int listener = listen_on(port_argument(argc, argv));
  return run_pool(number_argument(argc, argv, 2, MOST_CHILDREN, DEFAULT_CHILDREN), serve_forever, listener);
}
