/*
 * Who we are outside. In a pid namespace of its own a process knows only the pids of that one, and they are what is
 * noted. Where the watcher's /proc can be seen, "self" is there the pid that the watcher knows. Source:
 * pid_namespaces(7).
 */
#define _GNU_SOURCE
#include "probe.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434 /* headers older than the kernel that may run us */
#endif

static const char *outer_proc;
static bool has_names; /* our pids are not the watcher's */

/* The number at the end of a link of that /proc, 0 when it cannot be read. */
static uint32_t read_number(const char *link) {
  char path[48], target[64];
  snprintf(path, sizeof path, "%s/%s", outer_proc, link);
  ssize_t length = readlink(path, target, sizeof target - 1);
  if (length <= 0) return 0;
  target[length] = 0;
  const char *slash = strrchr(target, '/');
  return (uint32_t)strtoul(slash ? slash + 1 : target, NULL, 10);
}

void find_outer_proc(void) {
  /* Our launcher shows it here; and who only made the namespace, as unshare does, still sees it in its own place. */
  static const char *const places[] = {"/proc/driver", "/proc"};
  for (int i = 0; i < 2 && !has_names; i++) {
    outer_proc = places[i];
    uint32_t outer = read_number("self");
    has_names = outer && outer != (uint32_t)getpid();
  }
}

static void note_name(uint32_t id, uint32_t outer) {
  if (outer) note(NAMED, id, outer, 0, 0);
}

void name_process(uint32_t pid) {
  if (!has_names) return;
  int saved = errno;
  note_name(pid, read_number("self"));
  errno = saved;
}

void name_thread(uint32_t pid, uint32_t tid) {
  if (!has_names || pid == tid) return;
  int saved = errno;
  note_name(tid, read_number("thread-self"));
  errno = saved;
}

/* A descriptor of the process tells its pid in the eyes of whichever /proc it is looked at through. */
void name_child(pid_t child) {
  if (!has_names || child <= 0) return;
  int saved = errno, fd = (int)syscall(SYS_pidfd_open, child, 0);
  char path[64], text[512];
  snprintf(path, sizeof path, "%s/self/fdinfo/%d", outer_proc, fd);
  const char *line = fd >= 0 && read_small_file(path, text, sizeof text) ? strstr(text, "\nPid:") : NULL;
  if (line) note_name((uint32_t)child, (uint32_t)atol(line + strlen("\nPid:")));
  if (fd >= 0) syscall(SYS_close, fd);
  errno = saved;
}
