/* What is sent over sockets beside data, and how they are closed. */
#define _GNU_SOURCE
#include "probe.h"
#include <sys/socket.h>

static size_t descriptors_in(const struct msghdr *message) {
  size_t count = 0;
  if (!message->msg_control || message->msg_controllen < sizeof(struct cmsghdr)) return 0;
  struct msghdr *walk = (struct msghdr *)(uintptr_t)message;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(walk); c; c = CMSG_NXTHDR(walk, c))
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) count += (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
  return count;
}

REAL(ssize_t, sendmsg, int, const struct msghdr *, int)
EXPORT ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  ssize_t sent = real(sendmsg)(fd, message, flags);
  if (!probe || sent < 0) return sent;
  size_t passed = descriptors_in(message);
  int saved = errno;
  if (passed) COUNT(passed, passed);
  errno = saved;
  return sent;
}

REAL(ssize_t, recvmsg, int, struct msghdr *, int)
EXPORT ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
  ssize_t length = real(recvmsg)(fd, message, flags);
  if (!probe || length < 0) return length;
  size_t received = descriptors_in(message);
  int saved = errno;
  if (received && !(flags & MSG_PEEK)) COUNT(received, received);
  errno = saved;
  return length;
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
