/* What is sent over sockets beside data, and how they are closed. */
#define _GNU_SOURCE
#include "transfer.h"
#include <string.h>
#include <sys/socket.h>

/* Calls with each descriptor that a message carries. */
static size_t each_descriptor(const struct msghdr *message, void (*call)(int)) {
  size_t count = 0;
  if (!message->msg_control || message->msg_controllen < sizeof(struct cmsghdr)) return 0;
  struct msghdr *walk = (struct msghdr *)(uintptr_t)message;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(walk); c; c = CMSG_NXTHDR(walk, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
    size_t carried = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < carried; i++) {
      int fd;
      memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
      call(fd);
    }
    count += carried;
  }
  return count;
}

static void note_passed(const struct msghdr *message) {
  int saved = errno;
  size_t passed = each_descriptor(message, hand_over);
  if (passed) COUNT(passed, passed);
  errno = saved;
}

static void note_received(const struct msghdr *message, int flags) {
  if (flags & MSG_PEEK) return;
  int saved = errno;
  size_t received = each_descriptor(message, follow_received);
  if (received) COUNT(received, received);
  errno = saved;
}

REAL(ssize_t, sendmsg, int, const struct msghdr *, int)
EXPORT ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  ssize_t sent = WRITE(fd, flags, size_of(message->msg_iov, message->msg_iovlen), real(sendmsg)(fd, message, flags));
  if (probe && sent >= 0) note_passed(message);
  return sent;
}

REAL(ssize_t, recvmsg, int, struct msghdr *, int)
EXPORT ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
  ssize_t length = READ(fd, flags, real(recvmsg)(fd, message, flags));
  if (probe && length >= 0) note_received(message, flags);
  return length;
}

/* The bytes of the messages that were sent or received. */
static ssize_t sum_of(const struct mmsghdr *messages, int count) {
  ssize_t sum = 0;
  for (int i = 0; i < count; i++) sum += messages[i].msg_len;
  return count < 0 ? -1 : sum;
}

#ifdef __GLIBC__
typedef int message_flags;
#else
typedef unsigned message_flags;
#endif
REAL(int, sendmmsg, int, struct mmsghdr *, unsigned, message_flags)
EXPORT int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, message_flags flags) {
  int sent = 0;
  WRITE(fd, (int)flags, 0, (sent = real(sendmmsg)(fd, messages, count, flags), sum_of(messages, sent)));
  if (probe)
    for (int i = 0; i < sent; i++) note_passed(&messages[i].msg_hdr);
  return sent;
}

REAL(int, recvmmsg, int, struct mmsghdr *, unsigned, message_flags, struct timespec *)
EXPORT int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, message_flags flags, struct timespec *time) {
  int received = 0;
  READ(fd, (int)flags,
       (received = real(recvmmsg)(fd, messages, count, flags, time), sum_of(messages, received)));
  if (probe)
    for (int i = 0; i < received; i++) note_received(&messages[i].msg_hdr, (int)flags);
  return received;
}

REAL(int, shutdown, int, int)
/* After the end of what it sends there is no more to answer. */
EXPORT int shutdown(int fd, int how) {
  int result = real(shutdown)(fd, how);
  struct connection *connection = probe && result == 0 && how != SHUT_RD ? followed_by(fd) : NULL;
  if (!connection) return result;
  int saved = errno;
  turn_to(connection, ANSWERED, HAS_NOT_READ, 0);
  rest(connection);
  errno = saved;
  return result;
}

REAL(int, setsockopt, int, int, int, const void *, socklen_t)
/* SO_LINGER with no time: the close will send RST instead of FIN. Source: socket(7). */
EXPORT int setsockopt(int fd, int level, int option, const void *value, socklen_t length) {
  int result = real(setsockopt)(fd, level, option, value, length);
  if (!probe || result < 0 || level != SOL_SOCKET || option != SO_LINGER || length < sizeof(struct linger))
    return result;
  const struct linger *linger = value;
  if (linger->l_onoff && linger->l_linger == 0) note(RESET_ARMED, own_pid(), fd, 0, 0);
  return result;
}
