/*
 * A server for tests: program KIND [CHILDREN]. It writes its port, serves one byte a connection, and at SIGTERM
 * writes how often its handler of SIGCHLD ran. KIND: fork, prefork, threads (raw system calls, as Go makes them).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t handler_runs, ending;
static int listener;

static void reap(int signal) {
  (void)signal;
  int saved = errno;
  handler_runs++;
  while (waitpid(-1, NULL, WNOHANG) > 0) continue;
  errno = saved;
}

static void end(int signal) {
  (void)signal;
  ending = 1;
}

static void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler};
  sigaction(signal, &action, NULL);
}

static void serve(int connection) {
  if (write(connection, "x", 1) < 0) _exit(9);
  close(connection);
}

static void fork_for_each(void) {
  handle(SIGCHLD, reap);
  for (int i = 0; !ending;) {
    int connection = accept(listener, NULL, NULL);
    if (connection < 0) continue;
    if (fork() == 0) {
      serve(connection);
      _exit(i % 3);
    }
    i++;
    close(connection);
  }
  for (;;)
    if (waitpid(-1, NULL, 0) < 0 && errno == ECHILD) break;
}

static void serve_forever(void) {
  for (;;) {
    int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (connection >= 0) serve(connection);
  }
}

static void prefork(int children) {
  pid_t pids[64];
  for (int i = 0; i < children; i++)
    if ((pids[i] = fork()) == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      handle(SIGTERM, SIG_DFL);
      serve_forever();
    }
  while (!ending) pause();
  for (int i = 0; i < children; i++) kill(pids[i], SIGTERM);
  for (int i = 0; i < children; i++) waitpid(pids[i], NULL, 0);
}

static void *serve_raw(void *unused) {
  (void)unused;
  for (;;) {
    long connection = syscall(SYS_accept4, listener, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0) continue;
    if (syscall(SYS_write, connection, "x", 1) < 0) _exit(9);
    syscall(SYS_close, connection);
  }
}

static void threads(int count) {
  pthread_t thread;
  for (int i = 0; i < count; i++) pthread_create(&thread, NULL, serve_raw, NULL);
  while (!ending) pause();
}

int main(int count, char **arguments) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  listener = socket(AF_INET, SOCK_STREAM, 0);
  if (count < 3 || bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, 128) < 0) return 2;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  handle(SIGTERM, end);
  getsockname(listener, (struct sockaddr *)&address, &length);
  /* Nothing is forked before somebody watches. */
  printf("port %d\n", ntohs(address.sin_port)), fflush(stdout);
  char go;
  if (read(STDIN_FILENO, &go, 1) != 1) return 2;
  if (strcmp(arguments[1], "fork") == 0) fork_for_each();
  else if (strcmp(arguments[1], "prefork") == 0) prefork(atoi(arguments[2]));
  else threads(atoi(arguments[2]));
  printf("handler ran %d times\n", (int)handler_runs);
  return 0;
}
