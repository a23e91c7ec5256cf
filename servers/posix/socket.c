/* Sockets: their addresses, connections and options. */
#define _GNU_SOURCE
#include "call.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

/* makeAddress(host, port, into): fills a sockaddr and returns its length. */
static int make_address(struct args *args, int port, struct bytes into) {
  char host[256];
  if (port < 0 || port > UINT16_MAX) return refuse(args, "a port is a number from 0 to 65535");
  if (!has_room(args, 2, sizeof(struct sockaddr_in6)) || text(args, 0, host, sizeof host) < 0) return -1;
  struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((in_port_t)port)};
  if (inet_pton(AF_INET, host, &v4.sin_addr) == 1) {
    memcpy(into.data, &v4, sizeof v4);
    return sizeof v4;
  }
  struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((in_port_t)port)};
  if (inet_pton(AF_INET6, host, &v6.sin6_addr) == 1) {
    memcpy(into.data, &v6, sizeof v6);
    return sizeof v6;
  }
  errno = EINVAL;
  return -1;
}
CALL(makeAddress, "sib", make_address(&args, INT(1), BYTES(2)))

#define ADDRESS(i) (const struct sockaddr *)(const void *)BYTES(i).data, (socklen_t)BYTES(i).length
CALL(socket, "iii", socket(INT(0), INT(1) | SOCK_CLOEXEC, INT(2)))
CALL(bind, "ib", bind(INT(0), ADDRESS(1)))
CALL(listen, "ii", listen(INT(0), INT(1)))
BLOCKING(connect, "ib", connect(INT(0), ADDRESS(1)))
BLOCKING(accept, "i", accept(INT(0), NULL, NULL))
CALL(shutdown, "ii", shutdown(INT(0), INT(1)))

static int open_pair(struct args *args, int *ends) {
  return has_room(args, 0, 2 * sizeof *ends) ? socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) : -1;
}
CALL(socketPair, "w", open_pair(&args, WORDS(0)))

static int set_option(int fd, int level, int option, int value) {
  return setsockopt(fd, level, option, &value, sizeof value);
}
CALL(setOption, "iiii", set_option(INT(0), INT(1), INT(2), INT(3)))

static int set_linger(int fd, int on, int seconds) {
  struct linger linger = {on, seconds};
  return setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}
CALL(setLinger, "iii", set_linger(INT(0), INT(1), INT(2)))

/* The error that a connect in progress ended with, as a positive errno. */
static int socket_error(int fd) {
  int error = 0;
  socklen_t length = sizeof error;
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) < 0 ? -1 : error;
}
CALL(socketError, "i", socket_error(INT(0)))

/* getOption(fd, level, option, into): the length of what was written. */
static int get_option(int fd, int level, int option, struct bytes into) {
  socklen_t length = (socklen_t)into.length;
  return getsockopt(fd, level, option, into.data, &length) < 0 ? -1 : (int)length;
}
CALL(getOption, "iiib", get_option(INT(0), INT(1), INT(2), BYTES(3)))

/* localName(fd, into): the length of the address. */
static int local_name(struct args *args, int fd, struct bytes into) {
  if (!has_room(args, 1, sizeof(struct sockaddr_in6))) return -1;
  socklen_t length = (socklen_t)into.length;
  return getsockname(fd, (struct sockaddr *)(void *)into.data, &length) < 0 ? -1 : (int)length;
}
CALL(localName, "ib", local_name(&args, INT(0), BYTES(1)))

/* sendFile(socket, file, length), from where the file's offset stands. */
BLOCKING(sendFile, "iiz", sendfile(INT(0), INT(1), NULL, SIZE(2)))
