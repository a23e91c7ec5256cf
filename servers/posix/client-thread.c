/*
 * A POSIX thread for each client. It runs no JavaScript, since an isolate costs tens of milliseconds: the services that
 * it can give are written here in C.
 */
#define _GNU_SOURCE
#include "call.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum service { SERVE_BYTES, SERVE_ECHO };
enum { MAX_BYTES = 64 * 1024 * 1024, MAX_MESSAGE = 1024, CHUNK = 64 * 1024, STACK = 128 * 1024 };

static char payload[CHUNK];

static void log_failure(const char *why, const char *what) {
  char line[256];
  int length = snprintf(line, sizeof line, "[%d] connection closed: %s%s\n", (int)getpid(), why, what);
  if (length > 0 && write(2, line, strnlen(line, sizeof line)) < 0) return;
}

static bool write_all(int fd, const char *data, size_t length) {
  for (size_t written = 0; written < length;) {
    ssize_t n = send(fd, data + written, length - written, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return log_failure("the client went away: ", strerror(errno)), false;
    written += (size_t)n;
  }
  return true;
}

static ssize_t read_some(int fd, char *into, size_t length) {
  ssize_t n;
  while ((n = read(fd, into, length)) < 0 && errno == EINTR) continue;
  if (n < 0) log_failure("the client went away: ", strerror(errno));
  return n;
}

/* The text fit for a line of a log. */
static const char *printable(char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (text[i] < ' ' || text[i] > '~') text[i] = '?';
  text[length] = 0;
  return text;
}

/* As servers/services/bytes.ts. */
static void serve_bytes(int fd) {
  char request[65];
  ssize_t length = read_some(fd, request, sizeof request - 1);
  if (length <= 0) return;
  size_t digits = 0;
  while (digits < (size_t)length && request[digits] >= '0' && request[digits] <= '9') digits++;
  size_t end = digits;
  if (end + 1 < (size_t)length && request[end] == '\r') end++;
  if (end < (size_t)length && request[end] == '\n') end++;
  if (digits == 0 || digits > 18 || end != (size_t)length)
    return log_failure("not a count of bytes: ", printable(request, (size_t)length));
  request[digits] = 0;
  long left = atol(request);
  if (left > MAX_BYTES) return log_failure("too many bytes asked for: ", request);
  for (; left > 0; left -= CHUNK)
    if (!write_all(fd, payload, left < CHUNK ? (size_t)left : CHUNK)) return;
}

/* As servers/services/echo.ts. */
static void serve_echo(int fd) {
  char reply[MAX_MESSAGE + 64] = "Echo=>", when[32];
  size_t prefix = strlen(reply), room = sizeof reply - prefix;
  char *message = reply + prefix;
  for (ssize_t length; (length = read_some(fd, message, MAX_MESSAGE)) > 0;) {
    time_t now = time(NULL);
    if (!ctime_r(&now, when)) return;
    when[strcspn(when, "\n")] = 0;
    snprintf(message + length, room - (size_t)length, " at %s", when);
    if (!write_all(fd, reply, prefix + (size_t)length + strlen(message + length))) return;
  }
}

struct client {
  int fd, milliseconds;
  enum service service;
};

static void *serve_client(void *argument) {
  struct client client = *(struct client *)argument;
  free(argument);
  prctl(PR_SET_NAME, "client", 0, 0, 0);
  struct timespec delay = {client.milliseconds / 1000, client.milliseconds % 1000 * 1000000L};
  while (delay.tv_sec + delay.tv_nsec > 0 && nanosleep(&delay, &delay) < 0 && errno == EINTR) continue;
  (client.service == SERVE_ECHO ? serve_echo : serve_bytes)(client.fd);
  close(client.fd);
  return NULL;
}

/* Starts a detached thread with a small stack. Returns 0 or an errno. */
static int start_detached(void *(*function)(void *), void *argument) {
  pthread_attr_t attributes;
  pthread_t thread;
  int error = pthread_attr_init(&attributes);
  if (error) return error;
  error = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  if (!error) error = pthread_attr_setstacksize(&attributes, STACK);
  if (!error) error = pthread_create(&thread, &attributes, function, argument);
  pthread_attr_destroy(&attributes);
  return error;
}

/* startThread(fd, service, milliseconds of delay): the thread closes the descriptor. */
static int start_client_thread(struct args *args, int fd, int service, int milliseconds) {
  if (service != SERVE_BYTES && service != SERVE_ECHO) return refuse(args, "a thread serves bytes or echo");
  if (milliseconds < 0) return refuse(args, "a delay is not negative");
  struct client *client = malloc(sizeof *client);
  if (!client) return -1;
  if (!*payload) memset(payload, '.', sizeof payload);
  *client = (struct client){fd, milliseconds, (enum service)service};
  errno = start_detached(serve_client, client);
  if (!errno) return 0;
  free(client);
  return -1;
}
CALL(startThread, "iii", start_client_thread(&args, INT(0), INT(1), INT(2)))

/* nameThread(name): the calling one, as /proc/PID/task/TID/comm shows it. */
static int name_thread(struct args *args) {
  char name[256];
  return text(args, 0, name, sizeof name) < 0 ? -1 : prctl(PR_SET_NAME, name, 0, 0, 0);
}
CALL(nameThread, "s", name_thread(&args))
