/* poll(2) and ppoll(2) over the memory of an Int32Array, which they change in place. */
#define _GNU_SOURCE
#include "call.h"
#include <poll.h>
#include <signal.h>

/* The array, when it has so many entries; if not, it threw. */
static struct pollfd *entries(struct args *args, int n) {
  struct bytes array = args->value[0].bytes;
  if (n >= 0 && (size_t)n <= array.length / sizeof(struct pollfd)) return (struct pollfd *)(void *)array.data;
  refuse(args, "there are not so many entries in the array");
  return NULL;
}

/* poll(array of pollfd, n, milliseconds or -1) */
static int wait_poll(struct args *args, int n, int milliseconds) {
  struct pollfd *array = entries(args, n);
  return args->refused ? -1 : poll(array, (nfds_t)n, milliseconds);
}
BLOCKING(poll, "wii", wait_poll(&args, INT(1), INT(2)))

/* ppoll(array, n, signum): no limit of time; that one signal is let in while it waits. */
static int wait_ppoll(struct args *args, int n, int signum) {
  struct pollfd *array = entries(args, n);
  sigset_t mask;
  if (args->refused || sigprocmask(SIG_BLOCK, NULL, &mask) < 0 || sigdelset(&mask, signum) < 0) return -1;
  return ppoll(array, (nfds_t)n, NULL, &mask);
}
CALL(ppoll, "wii", wait_ppoll(&args, INT(1), INT(2)))
