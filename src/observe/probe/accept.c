/* Connections that a thread takes from a listener. */
#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>
#include <sys/socket.h>

/* A descriptor's flags seldom change, so they are asked for once for each listener that a thread turns to. */
static bool waits_in_accept(int listener) {
  if (mine.listener != listener) {
    mine.listener = listener;
    mine.waits_in_accept = !(fcntl(listener, F_GETFL) & O_NONBLOCK);
  }
  return mine.waits_in_accept;
}

static int count_accept(int listener, int result) {
  if (!probe) return result;
  int saved = errno;
  if (result >= 0) COUNT(accepts, 1);
  if (result < 0 && saved == EAGAIN) COUNT(eagain, 1);
  if (waits_in_accept(listener) ? result >= 0 : mine.woken) COUNT(wakeups, 1);
  mine.woken = false;
  errno = saved;
  return result;
}

REAL(int, accept, int, struct sockaddr *, socklen_t *)
EXPORT int accept(int fd, struct sockaddr *address, socklen_t *length) {
  return count_accept(fd, real(accept)(fd, address, length));
}

REAL(int, accept4, int, struct sockaddr *, socklen_t *, int)
EXPORT int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) {
  return count_accept(fd, real(accept4)(fd, address, length, flags));
}
