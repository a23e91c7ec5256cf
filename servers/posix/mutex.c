/* Mutexes that threads and processes share. Source: pthread_mutexattr_setpshared(3), _setrobust(3). */
#define _GNU_SOURCE
#include "call.h"
#include <pthread.h>
#include <sys/mman.h>

/* A mutex has a number, by which every thread of this process and every child that is forked later finds it. */
enum { MOST_MUTEXES = 16 };
static pthread_mutex_t *mutexes[MOST_MUTEXES];

static int initialize(pthread_mutex_t *mutex) {
  pthread_mutexattr_t attributes;
  int error = pthread_mutexattr_init(&attributes);
  if (error) return error;
  error = pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  if (!error) error = pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  if (!error) error = pthread_mutex_init(mutex, &attributes);
  pthread_mutexattr_destroy(&attributes);
  return error;
}

/* The new mutex's number; EMFILE when there are no more. */
static int create_mutex(void) {
  int number = 0;
  while (number < MOST_MUTEXES && mutexes[number]) number++;
  if (number == MOST_MUTEXES) return errno = EMFILE, -1;
  pthread_mutex_t *mutex =
      mmap(NULL, sizeof *mutex, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (mutex == MAP_FAILED) return -1;
  int error = initialize(mutex);
  if (error) {
    munmap(mutex, sizeof *mutex);
    return errno = error, -1;
  }
  mutexes[number] = mutex;
  return number;
}
CALL(createMutex, "", create_mutex())

/* EINVAL for a number that createMutex did not return. */
static pthread_mutex_t *find(int number) {
  return number >= 0 && number < MOST_MUTEXES ? mutexes[number] : NULL;
}

/* A holder that died leaves the mutex to the next: there is nothing to repair, the listener is as it was. */
static int lock_mutex(pthread_mutex_t *mutex) {
  int error = mutex ? pthread_mutex_lock(mutex) : EINVAL;
  if (error == EOWNERDEAD) error = pthread_mutex_consistent(mutex);
  errno = error;
  return error ? -1 : 0;
}
CALL(lockMutex, "i", lock_mutex(find(INT(0))))

static int unlock_mutex(pthread_mutex_t *mutex) {
  errno = mutex ? pthread_mutex_unlock(mutex) : EINVAL;
  return errno ? -1 : 0;
}
CALL(unlockMutex, "i", unlock_mutex(find(INT(0))))
