/*
 * Programs that are started by one call. The child runs nothing of ours before the new program, so the parent tells of
 * it: in the place that it took before, so that this comes before all else that is told of the child.
 */
#define _GNU_SOURCE
#include "probe.h"
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct begun begin_fork(void) { return probe ? begin_event() : (struct begun){0}; }

static void finish_fork(struct begun begun, pid_t child, int error) {
  if (!probe) return;
  bool failed = error == EAGAIN || error == ENOMEM; /* any other was the program's */
  if (!error) name_child(child);
  if (error) finish_event(begun, failed ? FORK_FAILED : NOTHING, own_pid(), error, 0, 0);
  else finish_event(begun, FORKED, (uint32_t)child, own_pid(), kernel_reaps(), identity->forks++);
}

#define SPAWN_ARGS                                                                                          \
  pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *, char *const[], char *const[]

static int note_spawn(int (*spawn)(SPAWN_ARGS), pid_t *pid, const char *program,
                      const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
                      char *const argv[], char *const environment[]) {
  pid_t child = 0;
  struct begun begun = begin_fork();
  int error = spawn(&child, program, actions, attributes, argv, environment);
  finish_fork(begun, child, error);
  if (!error && pid) *pid = child;
  return error;
}

REAL(int, posix_spawn, SPAWN_ARGS)
EXPORT int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                       const posix_spawnattr_t *attributes, char *const argv[], char *const environment[]) {
  return note_spawn(real(posix_spawn), pid, path, actions, attributes, argv, environment);
}

REAL(int, posix_spawnp, SPAWN_ARGS)
EXPORT int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *attributes, char *const argv[], char *const environment[]) {
  return note_spawn(real(posix_spawnp), pid, file, actions, attributes, argv, environment);
}

/* ---- popen: the pid stays within the library ---- */

/* The youngest child of this thread; 0 for none. They are listed in the order of their birth. Source: proc_tid_children(5) */
static pid_t youngest_child(void) {
  char text[4096];
  if (!read_small_file("/proc/thread-self/children", text, sizeof text)) return 0;
  char *end = text + strlen(text);
  while (end > text && end[-1] == ' ') *--end = 0;
  char *space = strrchr(text, ' ');
  return (pid_t)atol(space ? space + 1 : text);
}

enum { STREAMS = 1024 };
static _Atomic pid_t child_of[STREAMS]; /* by the descriptor of the stream */

REAL(FILE *, popen, const char *, const char *)
EXPORT FILE *popen(const char *command, const char *mode) {
  if (!probe) return real(popen)(command, mode);
  pid_t before = youngest_child();
  struct begun begun = begin_fork();
  FILE *stream = real(popen)(command, mode);
  int saved = errno;
  pid_t child = stream ? youngest_child() : 0;
  bool is_new = child != 0 && child != before;
  finish_fork(begun, child, stream ? (is_new ? 0 : ECHILD) : saved);
  int fd = stream ? fileno(stream) : -1;
  if (fd >= 0 && fd < STREAMS) child_of[fd] = is_new ? child : 0;
  errno = saved;
  return stream;
}

REAL(int, pclose, FILE *)
EXPORT int pclose(FILE *stream) {
  int fd = probe ? fileno(stream) : -1;
  pid_t child = fd >= 0 && fd < STREAMS ? atomic_exchange(&child_of[fd], 0) : 0;
  int status = real(pclose)(stream);
  if (status != -1) note_reap(child, status);
  return status;
}

/* ---- system: the pid is known to nobody, but the shell has told that it runs ---- */

/* The pid of a child that began to run after that event, and is gone without anybody's having told that he reaped it. */
static pid_t reaped_since(uint64_t first) {
  uint64_t head = atomic_load(&probe->head);
  if (head - first > EVENT_COUNT) return 0;
  pid_t found = 0;
  for (uint64_t i = first; i < head; i++) {
    const struct event *event = &probe->events[i % EVENT_COUNT];
    if (atomic_load(&event->sequence) != i + 1) continue;
    bool is_child = event->kind == PROBED && event->a == (int64_t)own_pid();
    char path[32], text[16];
    snprintf(path, sizeof path, "/proc/%u/comm", event->pid);
    if (is_child && !read_small_file(path, text, sizeof text)) found = (pid_t)event->pid;
    if (event->kind == REAPED && event->a == found) found = 0;
  }
  return found;
}

REAL(int, system, const char *)
EXPORT int system(const char *command) {
  uint64_t first = probe ? atomic_load(&probe->head) : 0;
  int status = real(system)(command);
  if (!probe || status == -1) return status;
  int saved = errno;
  note_reap(reaped_since(first), command ? status : 0); /* without one it says whether a shell was there */
  errno = saved;
  return status;
}
