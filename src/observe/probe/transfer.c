/*
 * What is read from connections and written to them. A request is a turn: the first write after something was read, so
 * that requests sent at once count once, and a greeting that nobody asked for does not count.
 */
#define _GNU_SOURCE
#include "transfer.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>

bool begin_transfer(struct connection *connection, int fd, int flags) {
  int saved = errno;
  take_from_queue(connection);
  bool waits = !(flags & MSG_DONTWAIT) && can_wait(fd);
  if (waits) begin_waiting_for_client();
  errno = saved;
  return waits;
}

void after_read(struct connection *connection, ssize_t length, int flags, bool waits) {
  int saved = errno;
  enum turn turn = unpack(atomic_load_explicit(&connection->control, memory_order_relaxed)).turn;
  if (length > 0) {
    if (!(flags & MSG_PEEK)) COUNT(bytes_in, length);
    turn_to(connection, ASKED, flags & MSG_PEEK ? AS_BEFORE : HAS_READ, 0);
  } else if (length == 0 && (turn == FRESH || turn == AWAITED)) {
    turn_to(connection, ANSWERED, AS_BEFORE, 0); /* the client has gone without a word */
  } else if (length < 0 && saved == EAGAIN && turn == FRESH) {
    turn_to(connection, AWAITED, AS_BEFORE, 0);
  }
  if (waits) end_waiting_for_client(false);
  errno = saved;
}

void after_write(struct connection *connection, ssize_t length, size_t wanted, bool waits) {
  int saved = errno;
  if (length > 0) {
    COUNT(bytes_out, length);
    bool is_short = !waits && (size_t)length < wanted;
    struct control before = turn_to(connection, is_short ? STALLED : ANSWERED, HAS_NOT_READ, 0);
    if (before.has_read) COUNT(requests, 1);
  } else if (length < 0 && saved == EAGAIN) {
    turn_to(connection, STALLED, AS_BEFORE, 0);
  }
  if (waits) end_waiting_for_client(length > 0);
  errno = saved;
}

size_t size_of(const struct iovec *parts, size_t count) {
  size_t size = 0;
  for (size_t i = 0; i < count; i++) size += parts[i].iov_len;
  return size;
}

/* ---- reading ---- */

REAL(ssize_t, read, int, void *, size_t)
EXPORT ssize_t read(int fd, void *into, size_t size) { return READ(fd, 0, real(read)(fd, into, size)); }

REAL(ssize_t, readv, int, const struct iovec *, int)
EXPORT ssize_t readv(int fd, const struct iovec *parts, int count) {
  return READ(fd, 0, real(readv)(fd, parts, count));
}

REAL(ssize_t, recv, int, void *, size_t, int)
EXPORT ssize_t recv(int fd, void *into, size_t size, int flags) {
  return READ(fd, flags, real(recv)(fd, into, size, flags));
}

REAL(ssize_t, recvfrom, int, void *, size_t, int, struct sockaddr *, socklen_t *)
EXPORT ssize_t recvfrom(int fd, void *into, size_t size, int flags, struct sockaddr *from_address, socklen_t *length) {
  return READ(fd, flags, real(recvfrom)(fd, into, size, flags, from_address, length));
}

#ifdef __GLIBC__
/* What they become in a program built with _FORTIFY_SOURCE. */
EXPORT ssize_t __read_chk(int fd, void *into, size_t size, size_t room) {
  if (size > room) abort();
  return read(fd, into, size);
}
EXPORT ssize_t __recv_chk(int fd, void *into, size_t size, size_t room, int flags) {
  if (size > room) abort();
  return recv(fd, into, size, flags);
}
EXPORT ssize_t __recvfrom_chk(int fd, void *into, size_t size, size_t room, int flags, struct sockaddr *from_address,
                              socklen_t *length) {
  if (size > room) abort();
  return recvfrom(fd, into, size, flags, from_address, length);
}
#endif

/* ---- writing ---- */

REAL(ssize_t, write, int, const void *, size_t)
EXPORT ssize_t write(int fd, const void *from_memory, size_t size) {
  return WRITE(fd, 0, size, real(write)(fd, from_memory, size));
}

REAL(ssize_t, writev, int, const struct iovec *, int)
EXPORT ssize_t writev(int fd, const struct iovec *parts, int count) {
  return WRITE(fd, 0, size_of(parts, count > 0 ? (size_t)count : 0), real(writev)(fd, parts, count));
}

REAL(ssize_t, send, int, const void *, size_t, int)
EXPORT ssize_t send(int fd, const void *from_memory, size_t size, int flags) {
  return WRITE(fd, flags, size, real(send)(fd, from_memory, size, flags));
}

REAL(ssize_t, sendto, int, const void *, size_t, int, const struct sockaddr *, socklen_t)
EXPORT ssize_t sendto(int fd, const void *from_memory, size_t size, int flags, const struct sockaddr *to,
                      socklen_t length) {
  return WRITE(fd, flags, size, real(sendto)(fd, from_memory, size, flags, to, length));
}

/* A file may end before so many bytes. */
REAL(ssize_t, sendfile, int, int, off_t *, size_t)
EXPORT ssize_t sendfile(int fd, int file, off_t *offset, size_t size) {
  return WRITE(fd, 0, 0, real(sendfile)(fd, file, offset, size));
}

#ifdef __GLIBC__
REAL(ssize_t, sendfile64, int, int, off64_t *, size_t)
EXPORT ssize_t sendfile64(int fd, int file, off64_t *offset, size_t size) {
  return WRITE(fd, 0, 0, real(sendfile64)(fd, file, offset, size));
}
#endif

REAL(ssize_t, splice, int, off_t *, int, off_t *, size_t, unsigned)
EXPORT ssize_t splice(int fd, off_t *from_offset, int to, off_t *to_offset, size_t size, unsigned flags) {
  int waiting = flags & SPLICE_F_NONBLOCK ? MSG_DONTWAIT : 0;
  return READ(fd, waiting, WRITE(to, waiting, 0, real(splice)(fd, from_offset, to, to_offset, size, flags)));
}
