#ifndef SUPERVISE_H
#define SUPERVISE_H
#include <sys/types.h>

/* Where orders come from, a byte each: `s` stop, `h` with haste, `k` kill now. Before these any byte means start. */
enum { CONTROL = 3 };

/* What a supervisor listens to; -1 for what it has not. */
struct ears {
  int signals; /* a signalfd */
  int control;
  int parent; /* a pipe that ends when the parent does */
};

/*
 * Waits and acts until no descendant is left, or what is left cannot be ended, and reports all of it. `server` is the
 * first process, 0 for none. Without a control channel from the start everything is ended.
 */
void supervise(pid_t server, struct ears ears);
#endif
