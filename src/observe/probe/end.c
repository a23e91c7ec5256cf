/* How processes end, and who waits for it. */
#define _GNU_SOURCE
#include "probe.h"
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* That this process ends with that code, once. As on_exit(3) calls it. */
static void note_exit(int code, void *unused) {
  (void)unused;
  if (!probe) return;
  uint32_t pid = (uint32_t)getpid();
  if (pid == own_pid()) {
    if (identity->exit_noted) return;
    identity->exit_noted = true;
    leave_slot();
  } else {
    name_process(pid);
    note(PROBED, pid, getppid(), 0, 0); /* a vfork child, of which nobody has told yet */
  }
  note(EXITED, pid, code & 0xff, 0, 0);
}

REAL(void, _exit, int)
EXPORT __attribute__((noreturn)) void _exit(int code) {
  note_exit(code, NULL);
  for (;;) real(_exit)(code);
}

EXPORT __attribute__((noreturn)) void _Exit(int code) { _exit(code); }

/* Some C libraries, such as musl, have none. */
#ifdef __GLIBC__
extern __typeof__(on_exit) on_exit __attribute__((weak));
#else
extern int on_exit(void (*function)(int, void *), void *argument) __attribute__((weak));
#endif

void watch_exit(void) {
  if (on_exit) on_exit(note_exit, NULL);
}

/* When main returns, the C library ends the process without this wrapper; without on_exit that is not seen here. */
REAL(void, exit, int)
EXPORT __attribute__((noreturn)) void exit(int code) {
  if (!on_exit) note_exit(code, NULL);
  for (;;) real(exit)(code);
}

pid_t note_reap(pid_t pid, int status) {
  if (probe && pid > 0 && (WIFEXITED(status) || WIFSIGNALED(status))) note(REAPED, own_pid(), pid, status, 0);
  return pid;
}

REAL(pid_t, waitpid, pid_t, int *, int)
EXPORT pid_t waitpid(pid_t pid, int *status, int options) {
  int own = 0, *into = status ? status : &own;
  pid_t reaped = real(waitpid)(pid, into, options);
  return note_reap(reaped, reaped > 0 ? *into : 0);
}

EXPORT pid_t wait(int *status) { return waitpid(-1, status, 0); }

REAL(pid_t, wait4, pid_t, int *, int, struct rusage *)
EXPORT pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage) {
  int own = 0, *into = status ? status : &own;
  pid_t reaped = real(wait4)(pid, into, options, usage);
  return note_reap(reaped, reaped > 0 ? *into : 0);
}

EXPORT pid_t wait3(int *status, int options, struct rusage *usage) { return wait4(-1, status, options, usage); }

REAL(int, waitid, idtype_t, id_t, siginfo_t *, int)
EXPORT int waitid(idtype_t type, id_t id, siginfo_t *info, int options) {
  siginfo_t own = {0}, *into = info ? info : &own;
  int result = real(waitid)(type, id, into, options);
  if (result == 0 && !(options & WNOWAIT) && into->si_pid > 0) {
    bool exited = into->si_code == CLD_EXITED, killed = into->si_code == CLD_KILLED || into->si_code == CLD_DUMPED;
    if (exited || killed) note_reap(into->si_pid, exited ? into->si_status << 8 : into->si_status);
  }
  return result;
}
