/*
 * What is known of a descriptor by its number, until that may mean another one: whether calls on it wait, which is asked
 * for after each of them, and the port of a listener. A descriptor that is closed by a raw system call is not noticed;
 * nor is a flag that another process sets on a file that both have open.
 */
#define _GNU_SOURCE
#include "connection.h"
#include <fcntl.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/* Two bits say whether it waits; one that the port is known, and sixteen which. Those above count how often it was
 * forgotten, so that an answer that came too late is not kept. */
enum state { UNKNOWN, ASKED_FOR, WAITS, DOES_NOT_WAIT, STATE = 3, HAS_PORT = 4, PORT_SHIFT = 3, FORGOTTEN = 1 << 19 };
enum { KNOWN = 1024 };
static _Atomic uint64_t known[KNOWN];
#define ALL_KNOWN (uint64_t)(FORGOTTEN - 1)

static _Atomic uint64_t *place_of(int fd) { return fd >= 0 && fd < KNOWN ? &known[fd] : NULL; }

/* What is to be known of it instead. */
static void know(int fd, uint64_t known_now) {
  _Atomic uint64_t *place = place_of(fd);
  if (!place) return;
  uint64_t before = atomic_load_explicit(place, memory_order_relaxed);
  /* Most are not known, and then nothing is written: a forked child would get a page of its own for it. */
  while ((before & ALL_KNOWN) != known_now)
    if (atomic_compare_exchange_weak(place, &before, ((before & ~ALL_KNOWN) + FORGOTTEN) | known_now)) return;
}

static void forget(int fd) { know(fd, UNKNOWN); }

__attribute__((unused)) static void forget_from(unsigned first, unsigned last) {
  for (unsigned fd = first; fd <= last && fd < KNOWN; fd++) forget((int)fd);
}

REAL(int, fcntl, int, int, ...)

bool can_wait(int fd) {
  _Atomic uint64_t *place = place_of(fd);
  uint64_t before = place ? atomic_load_explicit(place, memory_order_relaxed) : ASKED_FOR;
  if ((before & STATE) == WAITS || (before & STATE) == DOES_NOT_WAIT) return (before & STATE) == WAITS;
  uint64_t asked = before | ASKED_FOR;
  bool keep = (before & STATE) == UNKNOWN && atomic_compare_exchange_strong(place, &before, asked);
  int flags = real(fcntl)(fd, F_GETFL);
  bool waits = flags >= 0 && !(flags & O_NONBLOCK);
  if (keep) atomic_compare_exchange_strong(place, &asked, (asked & ~(uint64_t)STATE) | (waits ? WAITS : DOES_NOT_WAIT));
  return waits;
}

void know_accepted(int fd, bool waits) { know(fd, waits ? WAITS : DOES_NOT_WAIT); }

uint16_t port_of(int listener) {
  _Atomic uint64_t *place = place_of(listener);
  uint64_t before = place ? atomic_load_explicit(place, memory_order_relaxed) : 0;
  if (before & HAS_PORT) return (uint16_t)(before >> PORT_SHIFT);
  uint16_t port = own_port(listener);
  if (place && port)
    atomic_compare_exchange_strong(place, &before, before | HAS_PORT | (uint64_t)port << PORT_SHIFT);
  return port;
}

static int after_fcntl(int fd, int command, int result) {
  if (command == F_SETFL) forget(fd);
  if (command == F_DUPFD || command == F_DUPFD_CLOEXEC) forget(result), follow_copy(fd, result);
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
/* Before the call: after it the number may be another thread's. */
EXPORT int close(int fd) {
  unfollow(fd);
  int result = real(close)(fd);
  forget(fd);
  return result;
}

REAL(int, fclose, FILE *)
/* The library closes the descriptor without the wrapper. */
EXPORT int fclose(FILE *stream) {
  if (probe && follows_any()) unfollow(fileno_unlocked(stream));
  return real(fclose)(stream);
}

REAL(int, dup, int)
EXPORT int dup(int fd) {
  int copy = real(dup)(fd);
  follow_copy(fd, copy);
  return copy;
}

REAL(int, dup2, int, int)
EXPORT int dup2(int from, int to) {
  int result = real(dup2)(from, to);
  if (from != to) forget(to);
  if (result >= 0) follow_copy(from, to);
  return result;
}

REAL(int, dup3, int, int, int)
EXPORT int dup3(int from, int to, int flags) {
  int result = real(dup3)(from, to, flags);
  forget(to);
  if (result >= 0) follow_copy(from, to);
  return result;
}

#ifdef __GLIBC__
/* CLOSE_RANGE_CLOEXEC closes nothing yet. */
REAL(int, close_range, unsigned, unsigned, int)
EXPORT int close_range(unsigned first, unsigned last, int flags) {
  if (!(flags & 4)) unfollow_from(first, last);
  int result = real(close_range)(first, last, flags);
  if (!(flags & 4)) forget_from(first, last);
  return result;
}

REAL(void, closefrom, int)
EXPORT void closefrom(int first) {
  unfollow_from(first < 0 ? 0 : (unsigned)first, FOLLOWED);
  real(closefrom)(first);
  forget_from(first < 0 ? 0 : (unsigned)first, KNOWN);
}
#endif
