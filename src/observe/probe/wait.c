/* Waiting for many descriptors. */
#define _GNU_SOURCE
#include "connection.h"
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>

/* It counts when the thread turns to a listener next: then it was a connection that woke it, or seemed to. */
static int note_wakeup(int ready) {
  if (ready > 0) mine.woken = true;
  return ready;
}

/* It is to be told when the client has sent something. */
static void await_client(int fd) {
  struct connection *connection = followed_by(fd);
  if (connection && unpack(atomic_load_explicit(&connection->control, memory_order_relaxed)).turn == FRESH)
    turn_to(connection, AWAITED, AS_BEFORE, 0);
}

static void begin_select(int n, const fd_set *readers, const fd_set *writers, bool waits) {
  if (!probe || !waits || !follows_any()) return;
  bool is_any = false, for_clients_only = true, awaits = has_turns();
  for (int fd = 0; fd < n && (awaits || for_clients_only); fd++) {
    bool reads = readers && FD_ISSET(fd, readers);
    if (!reads && !(writers && FD_ISSET(fd, writers))) continue;
    is_any = true;
    if (!followed_by(fd)) for_clients_only = false;
    else if (reads && awaits) await_client(fd);
  }
  begin_waiting_for_many(is_any && for_clients_only);
}

static void begin_poll(const struct pollfd *fds, nfds_t n, bool waits) {
  if (!probe || !waits || !follows_any()) return;
  bool for_clients_only = n > 0, awaits = has_turns();
  for (nfds_t i = 0; i < n && (awaits || for_clients_only); i++) {
    if (!followed_by(fds[i].fd)) for_clients_only = for_clients_only && fds[i].fd < 0;
    else if (awaits && (fds[i].events & POLLIN)) await_client(fds[i].fd);
  }
  begin_waiting_for_many(for_clients_only);
}

static void begin_epoll(bool waits) {
  if (probe && waits && follows_any()) begin_waiting_for_many(false);
}

static bool takes_time(const struct timespec *time) { return !time || time->tv_sec || time->tv_nsec; }

REAL(int, select, int, fd_set *, fd_set *, fd_set *, struct timeval *)
EXPORT int select(int n, fd_set *r, fd_set *w, fd_set *e, struct timeval *time) {
  begin_select(n, r, w, !time || time->tv_sec || time->tv_usec);
  return note_wakeup(real(select)(n, r, w, e, time));
}

REAL(int, pselect, int, fd_set *, fd_set *, fd_set *, const struct timespec *, const sigset_t *)
EXPORT int pselect(int n, fd_set *r, fd_set *w, fd_set *e, const struct timespec *time, const sigset_t *mask) {
  begin_select(n, r, w, takes_time(time));
  return note_wakeup(real(pselect)(n, r, w, e, time, mask));
}

REAL(int, poll, struct pollfd *, nfds_t, int)
EXPORT int poll(struct pollfd *fds, nfds_t n, int milliseconds) {
  begin_poll(fds, n, milliseconds != 0);
  return note_wakeup(real(poll)(fds, n, milliseconds));
}

/* What poll becomes in a program built with _FORTIFY_SOURCE. */
EXPORT int __poll_chk(struct pollfd *fds, nfds_t n, int milliseconds, size_t size) {
  if (size / sizeof *fds < n) abort();
  return poll(fds, n, milliseconds);
}

REAL(int, ppoll, struct pollfd *, nfds_t, const struct timespec *, const sigset_t *)
EXPORT int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *time, const sigset_t *mask) {
  begin_poll(fds, n, takes_time(time));
  return note_wakeup(real(ppoll)(fds, n, time, mask));
}

/* What ppoll becomes there. */
EXPORT int __ppoll_chk(struct pollfd *fds, nfds_t n, const struct timespec *time, const sigset_t *mask, size_t size) {
  if (size / sizeof *fds < n) abort();
  return ppoll(fds, n, time, mask);
}

REAL(int, epoll_ctl, int, int, int, struct epoll_event *)
EXPORT int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event) {
  struct connection *connection = probe && operation != EPOLL_CTL_DEL && event ? followed_by(fd) : NULL;
  if (connection && (event->events & EPOLLIN)) {
    await_client(fd);
    rest_elsewhere(connection);
  }
  return real(epoll_ctl)(epoll, operation, fd, event);
}

REAL(int, epoll_wait, int, struct epoll_event *, int, int)
EXPORT int epoll_wait(int fd, struct epoll_event *events, int most, int milliseconds) {
  begin_epoll(milliseconds != 0);
  return note_wakeup(real(epoll_wait)(fd, events, most, milliseconds));
}

REAL(int, epoll_pwait, int, struct epoll_event *, int, int, const sigset_t *)
EXPORT int epoll_pwait(int fd, struct epoll_event *events, int most, int milliseconds, const sigset_t *mask) {
  begin_epoll(milliseconds != 0);
  return note_wakeup(real(epoll_pwait)(fd, events, most, milliseconds, mask));
}

REAL(int, epoll_pwait2, int, struct epoll_event *, int, const struct timespec *, const sigset_t *)
EXPORT int epoll_pwait2(int fd, struct epoll_event *events, int most, const struct timespec *time, const sigset_t *mask) {
  if (!real(epoll_pwait2)) return errno = ENOSYS, -1; /* glibc before 2.35 */
  begin_epoll(takes_time(time));
  return note_wakeup(real(epoll_pwait2)(fd, events, most, time, mask));
}
