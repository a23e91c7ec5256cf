/* N children, forked before any client came, all block in accept on the one inherited listener (UNP 30.6). */
#include "bytes.h"
#include <sys/wait.h>

static void serve_forever(int listener) {
  for (;;) {
    int connection = accept_next(listener);
    serve_bytes(connection);
    close(connection);
  }
}

int main(int argc, char **argv) {
  int listener = listen_on(port_argument(argc, argv));
  int children = number_argument(argc, argv, 2, MOST_CHILDREN, DEFAULT_CHILDREN);
  pid_t parent = getpid();
  for (int i = 0; i < children; i++) {
    pid_t child = fork();
    if (child < 0) die("fork");
    if (child == 0) {
      end_with_parent(parent);
      serve_forever(listener);
    }
  }
  close(listener);
  while (wait(NULL) > 0) {
  }
  fprintf(stderr, "no child is left\n");
  return 1;
}
