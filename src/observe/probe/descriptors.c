/*
 * What is known of a descriptor by its number, until that may mean another one. Only its flags are, since they are asked
 * for after each accept. A descriptor that is closed by a raw system call is not noticed; nor is a flag that another
 * process sets on a listener that both have open.
 */
#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>
#include <stdarg.h>
#include <sys/ioctl.h>

/* The low two bits; those above count how often it was forgotten, so that an answer that came too late is not kept. */
enum state { UNKNOWN, ASKED, WAITS, DOES_NOT_WAIT, STATE = 3, FORGOTTEN = 4 };
enum { KNOWN = 1024 };
static _Atomic uint32_t known[KNOWN];

static void forget(int fd) {
  if (fd < 0 || fd >= KNOWN) return;
  uint32_t before = atomic_load_explicit(&known[fd], memory_order_relaxed);
  /* Most are not known, and then nothing is written: a forked child would get a page of its own for it. */
  while (before & STATE)
    if (atomic_compare_exchange_weak(&known[fd], &before, (before & ~(uint32_t)STATE) + FORGOTTEN)) return;
}

__attribute__((unused)) static void forget_from(unsigned first, unsigned last) {
  for (unsigned fd = first; fd <= last && fd < KNOWN; fd++) forget((int)fd);
}

REAL(int, fcntl, int, int, ...)

bool waits_in_accept(int listener) {
  _Atomic uint32_t *place = listener >= 0 && listener < KNOWN ? &known[listener] : NULL;
  uint32_t before = place ? atomic_load_explicit(place, memory_order_relaxed) : ASKED;
  if ((before & STATE) == WAITS || (before & STATE) == DOES_NOT_WAIT) return (before & STATE) == WAITS;
  uint32_t asked = before | ASKED;
  bool keep = (before & STATE) == UNKNOWN && atomic_compare_exchange_strong(place, &before, asked);
  int flags = real(fcntl)(listener, F_GETFL);
  bool waits = flags >= 0 && !(flags & O_NONBLOCK);
  if (keep) atomic_compare_exchange_strong(place, &asked, (asked & ~(uint32_t)STATE) | (waits ? WAITS : DOES_NOT_WAIT));
  return waits;
}

static int after_fcntl(int fd, int command, int result) {
  if (command == F_SETFL) forget(fd);
  if (command == F_DUPFD || command == F_DUPFD_CLOEXEC) forget(result);
  return result;
}

/* Every argument that fcntl and ioctl take is as wide as a pointer or narrower, and passed as one. */
#define THIRD(after)                     \
  ({                                     \
    va_list list;                        \
    va_start(list, after);               \
    void *third = va_arg(list, void *);  \
    va_end(list);                        \
    third;                               \
  })

EXPORT int fcntl(int fd, int command, ...) {
  return after_fcntl(fd, command, real(fcntl)(fd, command, THIRD(command)));
}

#ifdef __GLIBC__
/* What fcntl becomes in a program that is built for large files. */
REAL(int, fcntl64, int, int, ...)
EXPORT int fcntl64(int fd, int command, ...) {
  return after_fcntl(fd, command, real(fcntl64)(fd, command, THIRD(command)));
}
typedef unsigned long request_type;
#else
typedef int request_type;
#endif

REAL(int, ioctl, int, request_type, ...)
EXPORT int ioctl(int fd, request_type request, ...) {
  int result = real(ioctl)(fd, request, THIRD(request));
  if (request == FIONBIO) forget(fd);
  return result;
}

REAL(int, close, int)
EXPORT int close(int fd) {
  int result = real(close)(fd);
  forget(fd);
  return result;
}

REAL(int, dup2, int, int)
EXPORT int dup2(int from, int to) {
  int result = real(dup2)(from, to);
  if (from != to) forget(to);
  return result;
}

REAL(int, dup3, int, int, int)
EXPORT int dup3(int from, int to, int flags) {
  int result = real(dup3)(from, to, flags);
  forget(to);
  return result;
}

#ifdef __GLIBC__
/* CLOSE_RANGE_CLOEXEC closes nothing yet. */
REAL(int, close_range, unsigned, unsigned, int)
EXPORT int close_range(unsigned first, unsigned last, int flags) {
  int result = real(close_range)(first, last, flags);
  if (!(flags & 4)) forget_from(first, last);
  return result;
}

REAL(void, closefrom, int)
EXPORT void closefrom(int first) {
  real(closefrom)(first);
  forget_from(first < 0 ? 0 : (unsigned)first, KNOWN);
}
#endif
