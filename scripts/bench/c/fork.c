/*
 * One child for each client. The parent closes the connection, the child closes the listener (UNP 30.5).
 * Several children may end while one SIGCHLD is pending, so the handler reaps until there is none left.
 */
#include "bytes.h"
#include <sys/wait.h>

static void reap(int signal_number) {
  int kept = errno;
  (void)signal_number;
  while (waitpid(-1, NULL, WNOHANG) > 0) {
  }
  errno = kept;
}

int main(int argc, char **argv) {
  int listener = listen_on(port_argument(argc, argv));
  struct sigaction action = {.sa_handler = reap, .sa_flags = SA_RESTART};
  if (sigaction(SIGCHLD, &action, NULL) < 0) die("sigaction");
  pid_t parent = getpid();
  for (;;) {
    int connection = accept_next(listener);
    pid_t child = fork();
    if (child < 0) perror("fork");
    if (child == 0) {
      end_with_parent(parent);
      close(listener);
      serve_bytes(connection);
      _exit(0);
    }
    close(connection);
  }
}
