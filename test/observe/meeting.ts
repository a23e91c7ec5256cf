import { compile } from '../support/compile.ts'

/** A server and its client in one process: `accepted` is the server's end, `client` the other. */
export const MEETING = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
static int listener, client, accepted;
static char buffer[4096];
static int meet(int family) {
  struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
  struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  struct sockaddr *address = family == AF_INET6 ? (struct sockaddr *)&v6 : (struct sockaddr *)&v4;
  socklen_t length = family == AF_INET6 ? sizeof v6 : sizeof v4;
  listener = socket(family, SOCK_STREAM, 0);
  if (bind(listener, address, length) < 0 || listen(listener, 5) < 0) abort();
  getsockname(listener, address, &length);
  client = socket(family, SOCK_STREAM, 0);
  if (connect(client, address, length) < 0) abort();
  return accepted = accept(listener, NULL, NULL);
}
static void ask(int bytes) { if (write(client, buffer, (size_t)bytes) != bytes) abort(); }
static ssize_t get(int fd) { return read(fd, buffer, sizeof buffer); }
static void put(int fd) { if (write(fd, "answer", 6) != 6) abort(); }
static void pass(int over, int fd) {
  char control[CMSG_SPACE(sizeof fd)] = {0}, byte = 'x';
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *c = CMSG_FIRSTHDR(&message);
  c->cmsg_level = SOL_SOCKET, c->cmsg_type = SCM_RIGHTS, c->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(c), &fd, sizeof fd);
  if (sendmsg(over, &message, 0) != 1) abort();
}
static int receive(int over) {
  int fd;
  char control[CMSG_SPACE(sizeof fd)], byte;
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  if (recvmsg(over, &message, 0) != 1) abort();
  memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
  return fd;
}
`

/** Compiles such a program: not each needs all of these. */
export function compileMeeting(source: string): string {
  return compile(`${MEETING}\n${source}`, ['-Wno-unused-function'])
}
