/* Three children that accept on one listener, and answer what they get: PORT. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILDREN = 3, BACKLOG = 128 };

static pid_t children[CHILDREN];

static void end(int signal) {
  for (int i = 0; i < CHILDREN; i++) kill(children[i], signal);
  while (wait(NULL) > 0) continue;
  _exit(0);
}

static void serve(int listener) {
  char request[100];
  for (;;) {
    int connection = accept(listener, NULL, NULL);
    if (connection < 0) continue;
    ssize_t length = read(connection, request, sizeof request);
    if (length > 0 && write(connection, request, (size_t)length) < 0) _exit(1);
    close(connection);
  }
}

int main(int argc, char **argv) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (argc != 2) return 2;
  address.sin_port = htons((in_port_t)atoi(argv[1]));
  int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, BACKLOG) < 0) return 1;
  for (int i = 0; i < CHILDREN; i++)
    if ((children[i] = fork()) == 0) serve(listener);
  signal(SIGTERM, end);
  for (;;) pause();
}
