/*
 * What every server of this folder shares: the listener, the `bytes` service, and the way children end.
 * The service: one read of the request, a decimal count ended by a newline or by nothing at all, then that
 * many bytes, then close.
 */
#ifndef BYTES_H
#define BYTES_H

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 128
#define DEFAULT_CHILDREN 10
#define MOST_CHILDREN 1000
#define LONGEST_REQUEST 64
#define MOST_BYTES (64L * 1024 * 1024)
#define CHUNK (64L * 1024)

static const char chunk[CHUNK];

static inline void die(const char *what) {
  perror(what);
  exit(1);
}

/* The argument at `index` as a number from 1 to `most`; `otherwise` when it was not given. */
static inline int number_argument(int argc, char **argv, int index, int most, int otherwise) {
  if (index >= argc) return otherwise;
  char *end;
  long value = strtol(argv[index], &end, 10);
  if (*end != '\0' || value < 1 || value > most) {
    fprintf(stderr, "%s: \"%s\" is not a number from 1 to %d\n", argv[0], argv[index], most);
    exit(2);
  }
  return (int)value;
}

static inline int port_argument(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: %s PORT [CHILDREN]\n", argv[0]);
    exit(2);
  }
  return number_argument(argc, argv, 1, 65535, 0);
}

/* A listening socket on 127.0.0.1; when it is shared, others may listen there too. A client that goes away must
   not end the server, so SIGPIPE is ignored. */
static inline int open_listener(int port, bool shared) {
  struct sockaddr_in address = {
      .sin_family = AF_INET,
      .sin_port = htons((unsigned short)port),
      .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
  };
  int on = 1;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (listener < 0) die("socket");
  if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0) die("setsockopt");
  if (shared && setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) < 0) die("setsockopt");
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) die("bind");
  if (listen(listener, BACKLOG) < 0) die("listen");
  signal(SIGPIPE, SIG_IGN);
  return listener;
}

static inline int listen_on(int port) { return open_listener(port, false); }

/* The next connection. A client that was gone before it was accepted is no reason to stop. */
static inline int accept_next(int listener) {
  for (;;) {
    int connection = accept(listener, NULL, NULL);
    if (connection >= 0) return connection;
    if (errno != EINTR && errno != ECONNABORTED) die("accept");
  }
}

/* The count that the request asks for, or -1 when it asks for nothing that can be served. */
static inline long parse_request(const char *request) {
  if (!isdigit((unsigned char)request[0])) return -1;
  char *end;
  long count = strtol(request, &end, 10);
  return (*end == '\0' || *end == '\n') && count <= MOST_BYTES ? count : -1;
}

/* Reads the request once. Returns the count, or -1 when there is nothing to answer. */
static inline long read_request(int connection) {
  char request[LONGEST_REQUEST + 1];
  ssize_t got = read(connection, request, LONGEST_REQUEST);
  if (got < 0) perror("read");
  if (got <= 0) return -1;
  request[got] = '\0';
  long count = parse_request(request);
  if (count < 0) fprintf(stderr, "not a count from 0 to %ld: closed\n", MOST_BYTES);
  return count;
}

/* The whole service on a blocking connection. The caller closes. */
static inline void serve_bytes(int connection) {
  long left = read_request(connection);
  while (left > 0) {
    ssize_t put = write(connection, chunk, (size_t)(left < CHUNK ? left : CHUNK));
    if (put < 0) {
      if (errno == EINTR) continue;
      perror("write");
      return;
    }
    left -= put;
  }
}

/* To be called in a new child: it dies with its parent, also when the parent died just before the call. */
static inline void end_with_parent(pid_t parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGTERM) < 0) die("prctl");
  if (getppid() != parent) _exit(1);
}

#endif
