/* One client at a time: the next one waits in the accept queue. The baseline (UNP table 30.1, row 0). */
#include "bytes.h"

int main(int argc, char **argv) {
  int listener = listen_on(port_argument(argc, argv));
  for (;;) {
    int connection = accept_next(listener);
    serve_bytes(connection);
    close(connection);
  }
}
