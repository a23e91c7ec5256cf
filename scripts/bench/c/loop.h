/* What the servers share that wait before they accept, read or write: calls that do not block. */
#ifndef LOOP_H
#define LOOP_H

#define _GNU_SOURCE /* accept4 */
#include "bytes.h"
#include <fcntl.h>

/* Between the wait and accept the client may go away, or be another's: a blocking accept would then stall all. */
static inline int listen_without_blocking(int port) {
  int listener = listen_on(port);
  if (fcntl(listener, F_SETFL, O_NONBLOCK) < 0) die("fcntl");
  return listener;
}

/* A connection, with SOCK_NONBLOCK one that does not block; -1 when there is none. */
static inline int accept_if_any(int listener, int flags) {
  int connection = accept4(listener, NULL, NULL, flags);
  if (connection < 0 && errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) die("accept4");
  return connection;
}

/* Writes what the connection takes now. Returns how much is left: 0 too when the client is gone. */
static inline long write_some(int connection, long left) {
  ssize_t put = write(connection, chunk, (size_t)(left < CHUNK ? left : CHUNK));
  if (put >= 0) return left - put;
  if (errno == EAGAIN || errno == EINTR) return left;
  perror("write");
  return 0;
}

#endif
