/* N threads of one process, all block in accept on the one listener (UNP 30.11, without its mutex). */
#include "threads.h"

static void *serve_forever(void *argument) {
  for (;;) {
    int connection = accept_next(descriptor_of(argument));
    serve_bytes(connection);
    close(connection);
  }
  return NULL;
}

int main(int argc, char **argv) {
  int listener = listen_on(port_argument(argc, argv));
  int threads = number_argument(argc, argv, 2, MOST_CHILDREN, DEFAULT_CHILDREN);
  for (int i = 0; i < threads; i++) start_thread(serve_forever, listener);
  for (;;) pause();
}
