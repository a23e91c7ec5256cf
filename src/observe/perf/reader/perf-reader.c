/*
 * Watches processes through the kernel's perf events and writes what happens to them to standard output, as
 * records (record.h). Orders come on standard input, a line each: `add PID`, `ports PORT...`, `settle`.
 * It ends when standard input does, after having told everything up to then, and when its parent dies.
 *
 * Connections accepted through io_uring make no system call, and are not seen.
 *
 * Usage: perf-reader [check] [ACCEPT_ID ACCEPT4_ID]
 * The ids are those of the tracepoints sys_exit_accept and sys_exit_accept4, for who may not read tracefs.
 */
#define _GNU_SOURCE
#include "follow.h"
#include "output.h"
#include "rings.h"
#include "scan.h"
#include "tracepoint.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define ROUND 20               /* milliseconds between two looks at the rings */
#define INTERVAL 100000000u    /* nanoseconds between two records of what threads counted */
#define MARGIN 100000u         /* nanoseconds by which two clocks of two processors may differ, amply */
#define MOST_PORTS 32

static enum scope scope;
static unsigned sees;
static struct sample *samples;
static unsigned sample_count;

static int open_own(int tid) { return open_thread(tid, &sees); }

static int watch(int pid) { return scan(pid, scope == OWN ? open_own : NULL); }

/*
 * Takes what happened up to now. Whatever caused a sample of an earlier time was in its ring before that time, so
 * it is read, too: a child's accepts never come before the fork.
 */
static void look(void) {
  uint64_t until = now() - MARGIN;
  sample_count = read_rings(&samples, sample_count);
  sample_count = follow(samples, sample_count, until);
}

/*
 * A ring that is full says that it lost records only with the next one it takes, which may never come: until then
 * it is not believed to have lost none.
 */
static void doubt_full_rings(void) {
  static bool were_full;
  bool are_full = may_have_lost();
  if (are_full) emit(LOST, now(), 0, (struct numbers){0});
  if (are_full && !were_full) scan_again();
  were_full = are_full;
}

static void tell_all(void) {
  tell_accepts(now());
  doubt_full_rings();
  emit(TOLD, now(), 0, (struct numbers){0});
}

static void settle(void) {
  usleep(2 * MARGIN / 1000);
  look();
  tell_all();
}

static int paranoid(void) {
  int level = -100;
  FILE *file = fopen("/proc/sys/kernel/perf_event_paranoid", "re");
  if (file && fscanf(file, "%d", &level) != 1) level = -100;
  if (file) fclose(file);
  return level;
}

/* Opens what is permitted and tells so. False when nothing is. */
static bool start(void) {
  enum tracefs tracefs = find_tracepoints();
  int denied = open_system(&sees);
  scope = SYSTEM;
  int error = denied;
  if (denied) {
    scope = OWN;
    sees = 0;
    error = open_thread(getpid(), &sees);
  }
  if (error) emit(REFUSED, now(), (int)tracefs, (struct numbers){error, 0, denied, paranoid()});
  else emit(READY, now(), (int)tracefs, (struct numbers){(int)scope, (int)sees, denied, paranoid()});
  write_records();
  return !error;
}

static int set_ports(char *list) {
  int ports[MOST_PORTS], count = 0;
  for (char *word = strtok(list, " "); word && count < MOST_PORTS; word = strtok(NULL, " "))
    ports[count++] = atoi(word);
  return count > 0 ? watch_ports(ports, count) : EINVAL;
}

static void carry_out(char *order) {
  static int number;
  int error = 0;
  if (strncmp(order, "add ", 4) == 0) error = watch(atoi(order + 4));
  else if (strncmp(order, "ports ", 6) == 0) error = set_ports(order + 6);
  else if (strcmp(order, "settle") == 0) settle();
  else error = EINVAL;
  emit(DONE, now(), 0, (struct numbers){number++, error, 0, 0});
}

/* False when there will be no more. */
static bool read_orders(void) {
  static char text[4096];
  static size_t length;
  ssize_t got = read(STDIN_FILENO, text + length, sizeof text - 1 - length);
  if (got < 0) return errno == EINTR;
  length += (size_t)got;
  text[length] = 0;
  char *line = text;
  for (char *end; (end = strchr(line, '\n')); line = end + 1) {
    *end = 0;
    carry_out(line);
  }
  length -= (size_t)(line - text);
  memmove(text, line, length + 1);
  return got > 0 && length < sizeof text - 1;
}

static void run(void) {
  static struct pollfd polled[MOST_PROCESSORS + 1];
  uint64_t told_at = now();
  for (bool more = true; more;) {
    unsigned count = ring_descriptors(polled + 1);
    polled[0] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
    poll(polled, count + 1, ROUND);
    look();
    if (polled[0].revents) more = read_orders();
    if (now() - told_at > INTERVAL) {
      told_at = now();
      tell_all();
    }
    write_records();
  }
  settle();
  write_records();
}

int main(int count, char **arguments) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGINT, SIG_IGN); /* Ctrl-C is for whoever started this, who then closes standard input */
  signal(SIGPIPE, SIG_IGN);
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  int first = count > 1 && strcmp(arguments[1], "check") == 0 ? 2 : 1;
  if (count >= first + 2) {
    tracepoints[ACCEPT].id = atoi(arguments[first]);
    tracepoints[ACCEPT4].id = atoi(arguments[first + 1]);
  }
  if (!start()) return 1;
  if (first == 1) run();
  return 0;
}
