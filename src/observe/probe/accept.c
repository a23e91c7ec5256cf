/* Connections that a thread takes from a listener. */
#define _GNU_SOURCE
#include "probe.h"
#include <sys/socket.h>

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
