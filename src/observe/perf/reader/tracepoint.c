#define _GNU_SOURCE
#include "tracepoint.h"
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

/* Filters are written below: -11 is EAGAIN; states 3 and 1 are TCP_SYN_RECV and TCP_ESTABLISHED; 17 is SIGCHLD. */
struct tracepoint tracepoints[POINTS] = {
    [ACCEPT4] = {"syscalls/sys_exit_accept4", "ret >= 0 || ret == -11", {"ret"}},
    [ACCEPT] = {"syscalls/sys_exit_accept", "ret >= 0 || ret == -11", {"ret"}},
    [RAW_SYSCALL] = {"raw_syscalls/sys_exit", NULL, {"ret"}},
    [WAIT4] = {"syscalls/sys_exit_wait4", "ret > 0", {"ret"}},
    [EXIT_GROUP] = {"syscalls/sys_enter_exit_group", NULL, {"error_code"}},
    [GENERATE] = {"signal/signal_generate", "sig != 17 || code <= 0", {"sig", "code", "pid", "result"}},
    [DELIVER] = {"signal/signal_deliver", NULL, {"sig", "sa_handler"}},
    [FORK] = {"sched/sched_process_fork", NULL, {"child_pid"}},
    [SET_STATE] = {"sock/inet_sock_set_state", "oldstate == 3 && newstate == 1", {"sport", "dport"}},
};

static char folder[96];

static bool is_there(const char *path) {
  snprintf(folder, sizeof folder, "%s/events", path);
  return access(folder, X_OK) == 0;
}

static enum tracefs find_tracefs(void) {
  static const char usual[] = "/sys/kernel/tracing";
  if (is_there(usual) || is_there("/sys/kernel/debug/tracing")) return TRACEFS_FOUND;
  if (errno == EACCES) return TRACEFS_UNREADABLE;
  if (unshare(CLONE_NEWNS) < 0) return TRACEFS_UNREADABLE;
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) return TRACEFS_UNREADABLE;
  if (mount("tracefs", usual, "tracefs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0)
    return errno == EPERM || errno == EACCES ? TRACEFS_UNREADABLE : TRACEFS_MISSING;
  return is_there(usual) ? TRACEFS_FOUND : TRACEFS_MISSING;
}

/* A line of a format file: "field:int sig;	offset:8;	size:4;	signed:1;", after an array's name "[16]". */
static void read_field(struct tracepoint *point, const char *line) {
  const char *field = strstr(line, "field:"), *end = field ? strchr(field, ';') : NULL;
  struct place place;
  unsigned is_signed;
  if (!end || sscanf(end, "; offset:%u; size:%u; signed:%u;", &place.offset, &place.size, &is_signed) != 3) return;
  place.is_signed = is_signed != 0;
  for (int i = 0; i < MOST_FIELDS && point->fields[i]; i++) {
    size_t length = strlen(point->fields[i]);
    if (end - field > (long)length && strncmp(end - length, point->fields[i], length) == 0 && end[-(long)length - 1] == ' ')
      point->places[i] = place;
  }
}

static void read_format(struct tracepoint *point) {
  char path[160], line[512];
  snprintf(path, sizeof path, "%s/%s/format", folder, point->name);
  FILE *file = fopen(path, "re");
  if (!file) return;
  int id = 0;
  while (fgets(line, sizeof line, file))
    if (sscanf(line, "ID: %d", &id) != 1) read_field(point, line);
  fclose(file);
  for (int i = 0; i < MOST_FIELDS && point->fields[i]; i++)
    if (point->places[i].size == 0) return;
  point->id = id;
}

enum tracefs find_tracepoints(void) {
  enum tracefs found = find_tracefs();
  if (found != TRACEFS_FOUND) return found;
  for (int i = 0; i < POINTS; i++) read_format(&tracepoints[i]);
  for (int i = 0; i < POINTS; i++)
    if (tracepoints[i].id) return TRACEFS_FOUND;
  return errno == EACCES ? TRACEFS_UNREADABLE : TRACEFS_MISSING;
}

const struct tracepoint *tracepoint_of(int id) {
  for (int i = 0; i < POINTS; i++)
    if (tracepoints[i].id && tracepoints[i].id == id) return &tracepoints[i];
  return NULL;
}

int64_t field_of(const struct tracepoint *point, int field, const char *raw, unsigned size) {
  struct place place = point->places[field];
  if (place.offset + place.size > size) return 0;
  const char *at = raw + place.offset;
  switch (place.size) {
    case 1: return place.is_signed ? *(const int8_t *)at : *(const uint8_t *)at;
    case 2: {
      int16_t value;
      memcpy(&value, at, sizeof value);
      return place.is_signed ? value : (uint16_t)value;
    }
    case 4: {
      int32_t value;
      memcpy(&value, at, sizeof value);
      return place.is_signed ? (int64_t)value : (int64_t)(uint32_t)value;
    }
    case 8: {
      int64_t value;
      memcpy(&value, at, sizeof value);
      return value;
    }
    default: return 0;
  }
}
