/* One thread for each client (UNP 26.4). */
#include "threads.h"

static void *serve_client(void *argument) {
  int connection = descriptor_of(argument);
  serve_bytes(connection);
  close(connection);
  return NULL;
}

int main(int argc, char **argv) {
  int listener = listen_on(port_argument(argc, argv));
  for (;;) start_thread(serve_client, accept_next(listener));
}
