/*
 * What the screen must bear at most: `crowd PORT CHILDREN EVENTS` preforks so many children, each of which holds a
 * connection for a second before it answers, and one more that sends so many signals a second, each of them an
 * event for whoever watches.
 */
#include <sys/wait.h>
#include <time.h>
#include "bytes.h"

#define MOST_CROWD 5000
#define MOST_EVENTS 1000000
#define LONG_BACKLOG 4096

static void serve_slowly(int listener) {
  for (;;) {
    int connection = accept_next(listener);
    sleep(1);
    serve_bytes(connection);
    close(connection);
  }
}

/* SIGURG is ignored by default: the parent takes no harm. */
static void send_signals(int events_a_second) {
  const struct timespec millisecond = {.tv_nsec = 1000000};
  struct timespec start, now;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (long sent = 0;;) {
    clock_gettime(CLOCK_MONOTONIC, &now);
    double elapsed = (double)(now.tv_sec - start.tv_sec) + (double)(now.tv_nsec - start.tv_nsec) / 1e9;
    for (long due = (long)(elapsed * events_a_second); sent < due; sent++) kill(getppid(), SIGURG);
    nanosleep(&millisecond, NULL);
  }
}

static void fork_child(void (*work)(int), int argument) {
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid < 0) die("fork");
  if (pid > 0) return;
  end_with_parent(parent);
  work(argument);
}

int main(int argc, char **argv) {
  int listener = listen_on(port_argument(argc, argv));
  if (listen(listener, LONG_BACKLOG) < 0) die("listen");
  int children = number_argument(argc, argv, 2, MOST_CROWD, DEFAULT_CHILDREN);
  int events = number_argument(argc, argv, 3, MOST_EVENTS, 1);
  for (int i = 0; i < children; i++) fork_child(serve_slowly, listener);
  fork_child(send_signals, events);
  for (;;) pause();
}
