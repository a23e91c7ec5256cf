/* Descriptors that are passed between processes. Source: unix(7), SCM_RIGHTS. */
#define _GNU_SOURCE
#include "call.h"
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union control {
  struct cmsghdr header;
  char space[CMSG_SPACE(sizeof(int))];
};

/* One byte goes along, since ancillary data needs some data to travel with. */
static ssize_t send_descriptor(int socket, int fd) {
  char byte = 0;
  struct iovec data = {&byte, 1};
  union control control = {0};
  struct msghdr message = {
      .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.space};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(header), &fd, sizeof fd);
  return sendmsg(socket, &message, MSG_NOSIGNAL);
}
BLOCKING(sendDescriptor, "ii", send_descriptor(INT(0), INT(1)))

/* The first descriptor of the message; the padding has room for one more, which nobody asked for. -1 for none. */
static int take_descriptor(struct cmsghdr *header) {
  int fd = -1, more;
  size_t length = header->cmsg_len - CMSG_LEN(0);
  if (length >= sizeof fd) memcpy(&fd, CMSG_DATA(header), sizeof fd);
  for (size_t at = sizeof fd; at + sizeof more <= length; at += sizeof more) {
    memcpy(&more, CMSG_DATA(header) + at, sizeof more);
    close(more);
  }
  return fd;
}

/* The descriptor; -EPIPE when the other end is closed, or sent none. */
static int receive_descriptor(int socket) {
  char byte;
  struct iovec data = {&byte, 1};
  union control control = {0};
  struct msghdr message = {
      .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.space};
  ssize_t n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (n < 0) return -1;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  bool passed = n > 0 && header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS;
  int fd = passed ? take_descriptor(header) : -1;
  if (fd < 0) errno = EPIPE;
  return fd;
}
BLOCKING(receiveDescriptor, "i", receive_descriptor(INT(0)))
