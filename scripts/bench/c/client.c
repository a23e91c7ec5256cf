/*
 * The classic client (UNP 30.3): CLIENTS processes, each makes CONNECTIONS connections one after the other,
 * asks for BYTES bytes, reads them and closes. The clock runs from the opening of a common gate to the end of
 * the last process, so the forks are not counted.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_ERRNO 134
#define EARLY_END 0 /* the server closed before all bytes came: no errno says that */

struct tally {
  long succeeded;
  long failed[MOST_ERRNO];
};

static struct sockaddr_in server;
static char request[32];
static size_t request_length;

static void die(const char *what) {
  perror(what);
  exit(1);
}

static long number(const char *text, const char *name, long least, long most) {
  char *end;
  long value = strtol(text, &end, 10);
  if (*text != '\0' && *end == '\0' && value >= least && value <= most) return value;
  fprintf(stderr, "%s \"%s\" is not a number from %ld to %ld\n", name, text, least, most);
  exit(2);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Reads `left` bytes. Returns 0, or -1 with errno; errno EARLY_END is the server's close. */
static int read_answer(int connection, long left) {
  static char answer[64 * 1024];
  while (left > 0) {
    ssize_t got = read(connection, answer, sizeof answer);
    if (got < 0) return -1;
    if (got == 0) {
      errno = EARLY_END;
      return -1;
    }
    left -= got;
  }
  return 0;
}

static int connect_and_ask(int connection, long bytes) {
  if (connect(connection, (struct sockaddr *)&server, sizeof server) < 0) return -1;
  if (write(connection, request, request_length) < 0) return -1;
  return read_answer(connection, bytes);
}

static void run_client(struct tally *tally, long connections, long bytes) {
  for (long i = 0; i < connections; i++) {
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connection >= 0 && connect_and_ask(connection, bytes) == 0) tally->succeeded++;
    else tally->failed[errno < MOST_ERRNO ? errno : MOST_ERRNO - 1]++;
    if (connection >= 0) close(connection);
  }
}

/* Waits until every copy of the gate's writing end is closed. */
static void wait_at(const int gate[2]) {
  char byte;
  close(gate[1]);
  if (read(gate[0], &byte, 1) < 0) die("read");
  close(gate[0]);
}

static void start_client(const int gate[2], struct tally *tally, long connections, long bytes) {
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid < 0) die("fork");
  if (pid > 0) return;
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);
  wait_at(gate);
  run_client(tally, connections, bytes);
  _exit(0);
}

/* One line. Returns the program's exit code: 0 only when every connection succeeded. */
static int report(const struct tally *tallies, long clients, long asked, double seconds) {
  struct tally sum = {0};
  for (long i = 0; i < clients; i++) {
    sum.succeeded += tallies[i].succeeded;
    for (int e = 0; e < MOST_ERRNO; e++) sum.failed[e] += tallies[i].failed[e];
  }
  printf("connections %ld failures %ld seconds %.3f rate %.1f", sum.succeeded, asked - sum.succeeded, seconds,
         (double)sum.succeeded / seconds);
  for (int e = 0; e < MOST_ERRNO; e++) {
    if (sum.failed[e] > 0) printf(", %ld: %s", sum.failed[e], e == EARLY_END ? "Early end" : strerror(e));
  }
  printf("\n");
  return sum.succeeded == asked ? 0 : 1;
}

int main(int argc, char **argv) {
  if (argc != 6) {
    fprintf(stderr, "usage: %s HOST PORT CLIENTS CONNECTIONS BYTES\n", argv[0]);
    return 2;
  }
  long port = number(argv[2], "port", 1, 65535);
  long clients = number(argv[3], "clients", 1, 1000);
  long connections = number(argv[4], "connections", 1, 10000000);
  long bytes = number(argv[5], "bytes", 0, 64L * 1024 * 1024);
  server.sin_family = AF_INET;
  server.sin_port = htons((unsigned short)port);
  if (inet_pton(AF_INET, argv[1], &server.sin_addr) != 1) {
    fprintf(stderr, "host \"%s\" is not an IPv4 address\n", argv[1]);
    return 2;
  }
  request_length = (size_t)snprintf(request, sizeof request, "%ld\n", bytes);
  signal(SIGPIPE, SIG_IGN);

  /* The tallies are shared with the children, so nothing needs to be sent back. */
  struct tally *tallies = mmap(NULL, sizeof(struct tally) * (size_t)clients, PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (tallies == MAP_FAILED) die("mmap");
  int gate[2];
  if (pipe(gate) < 0) die("pipe");
  for (long i = 0; i < clients; i++) start_client(gate, &tallies[i], connections, bytes);

  close(gate[0]);
  double start = now();
  close(gate[1]);
  while (wait(NULL) > 0) {
  }
  return report(tallies, clients, clients * connections, now() - start);
}
