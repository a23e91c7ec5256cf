/*
 * POSIX threads and mutexes for posix.c. A thread for each client runs no JavaScript, since an isolate costs tens
 * of milliseconds: the services that it can give are written here in C.
 */
#define _GNU_SOURCE
#include "thread.h"
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_BYTES = 64 * 1024 * 1024, MAX_MESSAGE = 1024, CHUNK = 64 * 1024, STACK = 128 * 1024 };

static char payload[CHUNK];

static void log_failure(const char *why, const char *what) {
  char line[256];
  int length = snprintf(line, sizeof line, "[%d] connection closed: %s%s\n", (int)getpid(), why, what);
  if (write(2, line, (size_t)length) < 0) return;
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
  char *message = reply + strlen(reply);
  for (ssize_t length; (length = read_some(fd, message, MAX_MESSAGE)) > 0;) {
    time_t now = time(NULL);
    ctime_r(&now, when);
    when[strcspn(when, "\n")] = 0;
    int rest = sprintf(message + length, " at %s", when);
    if (!write_all(fd, reply, (size_t)(message - reply + length + rest))) return;
  }
}

struct client {
  int fd, milliseconds;
  enum thread_service service;
};

static void *serve_client(void *argument) {
  struct client client = *(struct client *)argument;
  free(argument);
  name_thread("client");
  struct timespec delay = {client.milliseconds / 1000, client.milliseconds % 1000 * 1000000L};
  while (delay.tv_sec + delay.tv_nsec > 0 && nanosleep(&delay, &delay) < 0 && errno == EINTR) continue;
  (client.service == ECHO ? serve_echo : serve_bytes)(client.fd);
  close(client.fd);
  return NULL;
}

int start_client_thread(int fd, enum thread_service service, int milliseconds) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, STACK);
  struct client *client = malloc(sizeof *client);
  if (!*payload) memset(payload, '.', sizeof payload);
  *client = (struct client){fd, milliseconds, service};
  pthread_t thread;
  int error = pthread_create(&thread, &attributes, serve_client, client);
  pthread_attr_destroy(&attributes);
  if (!error) return 0;
  free(client);
  errno = error;
  return -1;
}

void name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

/* A mutex has a number, by which every thread of this process and every child that is forked later finds it. */
enum { MOST_MUTEXES = 16 };
static pthread_mutex_t *mutexes[MOST_MUTEXES];

int create_mutex(void) {
  for (int i = 0; i < MOST_MUTEXES; i++) {
    if (mutexes[i]) continue;
    mutexes[i] = mmap(NULL, sizeof *mutexes[i], PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (mutexes[i] == MAP_FAILED) return mutexes[i] = NULL, -1;
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(mutexes[i], &attributes);
    return i;
  }
  errno = EMFILE;
  return -1;
}

/* A holder that died leaves the mutex to the next: there is nothing to repair, the listener is as it was. */
int lock_mutex(int mutex) {
  int error = pthread_mutex_lock(mutexes[mutex]);
  if (error == EOWNERDEAD) error = pthread_mutex_consistent(mutexes[mutex]);
  errno = error;
  return error ? -1 : 0;
}

int unlock_mutex(int mutex) {
  errno = pthread_mutex_unlock(mutexes[mutex]);
  return errno ? -1 : 0;
}
