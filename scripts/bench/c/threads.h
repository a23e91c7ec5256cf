/* What the servers with threads share: starting one that nobody joins. */
#ifndef THREADS_H
#define THREADS_H

#include "bytes.h"
#include <pthread.h>
#include <stdint.h>

/* Runs `body` with a descriptor in a thread of its own. */
static inline void start_thread(void *(*body)(void *), int descriptor) {
  pthread_t thread;
  errno = pthread_create(&thread, NULL, body, (void *)(intptr_t)descriptor);
  if (errno != 0) die("pthread_create");
  pthread_detach(thread);
}

static inline int descriptor_of(void *argument) { return (int)(intptr_t)argument; }

#endif
