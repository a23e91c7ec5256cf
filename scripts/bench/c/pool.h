/* What the pools share: children that are forked before any client came. */
#ifndef POOL_H
#define POOL_H

#include "bytes.h"
#include <sys/wait.h>

/* Forks so many children, each of which runs `child` with the argument for ever, and waits. Returns when none is left. */
static inline int run_pool(int count, void (*child)(int), int argument) {
  pid_t parent = getpid();
  for (int i = 0; i < count; i++) {
    pid_t pid = fork();
    if (pid < 0) die("fork");
    if (pid == 0) {
      end_with_parent(parent);
      child(argument);
    }
  }
  while (wait(NULL) > 0) {
  }
  fprintf(stderr, "no child is left\n");
  return 1;
}

#endif
