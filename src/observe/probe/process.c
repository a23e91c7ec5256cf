/* Processes: their birth, their end, and who waits for it. */
#define _GNU_SOURCE
#include "probe.h"
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* Whether the children of this process vanish without being waited for. Source: sigaction(2), SA_NOCLDWAIT. */
static bool kernel_reaps(void) {
  struct sigaction action;
  if (sigaction(SIGCHLD, NULL, &action) < 0) return false;
  return (action.sa_flags & SA_NOCLDWAIT) || (!(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_IGN);
}

REAL(pid_t, fork, void)
/* The child tells of the fork, so that this comes before all else that is told of it. */
EXPORT pid_t fork(void) {
  uint32_t parent = probe ? own_pid() : 0, index = probe ? identity->forks++ : 0;
  pid_t pid = real(fork)();
  if (!probe || pid > 0) return pid;
  int saved = errno;
  mine.woken = false;
  if (pid == 0)
    note(FORKED, own_pid(), parent, kernel_reaps(), index);
  else
    note(FORK_FAILED, own_pid(), saved, 0, 0);
  errno = saved;
  return pid;
}

REAL(void, _exit, int)
EXPORT __attribute__((noreturn)) void _exit(int code) {
  note_exit(code, NULL);
  for (;;) real(_exit)(code);
}

EXPORT __attribute__((noreturn)) void _Exit(int code) { _exit(code); }

static pid_t note_reap(pid_t pid, int status) {
  if (!probe || pid <= 0 || (!WIFEXITED(status) && !WIFSIGNALED(status))) return pid;
  int saved = errno;
  note(REAPED, own_pid(), pid, status, 0);
  errno = saved;
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
