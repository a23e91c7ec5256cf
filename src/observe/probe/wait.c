/* Waiting for many descriptors. */
#define _GNU_SOURCE
#include "probe.h"
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>

/* It counts when the thread turns to a listener next: then it was a connection that woke it, or seemed to. */
static int note_wakeup(int ready) {
  if (ready > 0) mine.woken = true;
  return ready;
}

REAL(int, select, int, fd_set *, fd_set *, fd_set *, struct timeval *)
EXPORT int select(int n, fd_set *r, fd_set *w, fd_set *e, struct timeval *time) {
  return note_wakeup(real(select)(n, r, w, e, time));
}

REAL(int, pselect, int, fd_set *, fd_set *, fd_set *, const struct timespec *, const sigset_t *)
EXPORT int pselect(int n, fd_set *r, fd_set *w, fd_set *e, const struct timespec *time, const sigset_t *mask) {
  return note_wakeup(real(pselect)(n, r, w, e, time, mask));
}

REAL(int, poll, struct pollfd *, nfds_t, int)
EXPORT int poll(struct pollfd *fds, nfds_t n, int milliseconds) {
  return note_wakeup(real(poll)(fds, n, milliseconds));
}

/* What poll becomes in a program built with _FORTIFY_SOURCE. */
EXPORT int __poll_chk(struct pollfd *fds, nfds_t n, int milliseconds, size_t size) {
  if (size / sizeof *fds < n) abort();
  return poll(fds, n, milliseconds);
}

REAL(int, ppoll, struct pollfd *, nfds_t, const struct timespec *, const sigset_t *)
EXPORT int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *time, const sigset_t *mask) {
  return note_wakeup(real(ppoll)(fds, n, time, mask));
}

/* What ppoll becomes there. */
EXPORT int __ppoll_chk(struct pollfd *fds, nfds_t n, const struct timespec *time, const sigset_t *mask, size_t size) {
  if (size / sizeof *fds < n) abort();
  return ppoll(fds, n, time, mask);
}

REAL(int, epoll_wait, int, struct epoll_event *, int, int)
EXPORT int epoll_wait(int fd, struct epoll_event *events, int most, int milliseconds) {
  return note_wakeup(real(epoll_wait)(fd, events, most, milliseconds));
}

REAL(int, epoll_pwait, int, struct epoll_event *, int, int, const sigset_t *)
EXPORT int epoll_pwait(int fd, struct epoll_event *events, int most, int milliseconds, const sigset_t *mask) {
  return note_wakeup(real(epoll_pwait)(fd, events, most, milliseconds, mask));
}

REAL(int, epoll_pwait2, int, struct epoll_event *, int, const struct timespec *, const sigset_t *)
EXPORT int epoll_pwait2(int fd, struct epoll_event *events, int most, const struct timespec *time, const sigset_t *mask) {
  if (!real(epoll_pwait2)) return errno = ENOSYS, -1; /* glibc before 2.35 */
  return note_wakeup(real(epoll_pwait2)(fd, events, most, time, mask));
}
