/* Processes that begin as copies of others. vfork is left alone, since a wrapper's frame cannot return twice. */
#define _GNU_SOURCE
#include "probe.h"
#include <signal.h>

/* Source: sigaction(2), SA_NOCLDWAIT. */
bool kernel_reaps(void) {
  struct sigaction action;
  if (sigaction(SIGCHLD, NULL, &action) < 0) return false;
  return (action.sa_flags & SA_NOCLDWAIT) || (!(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_IGN);
}

/* The child tells of the fork, so that this comes before all else that is told of it. */
static pid_t note_fork(pid_t (*make)(void)) {
  uint32_t parent = probe ? own_pid() : 0, index = probe ? identity->forks++ : 0, tenant = mine.tenant;
  pid_t pid = make();
  if (!probe || pid > 0) return pid;
  if (pid < 0) return note(FORK_FAILED, own_pid(), errno, 0, 0), pid;
  mine.woken = false;
  name_process(own_pid());
  note(FORKED, own_pid(), parent, kernel_reaps(), index);
  follow_inherited(tenant);
  return pid;
}

REAL(pid_t, fork, void)
EXPORT pid_t fork(void) { return note_fork(real(fork)); }

/* glibc from 2.34. */
REAL(pid_t, _Fork, void)
EXPORT pid_t _Fork(void) {
  if (!real(_Fork)) return errno = ENOSYS, -1;
  return note_fork(real(_Fork));
}

/* It forks within the library, and its parent leaves by _exit(0) there. Source: daemon(3). */
REAL(int, daemon, int, int)
EXPORT int daemon(int keeps_folder, int keeps_output) {
  if (!probe) return real(daemon)(keeps_folder, keeps_output);
  uint32_t parent = own_pid(), index = identity->forks++, tenant = mine.tenant;
  int result = real(daemon)(keeps_folder, keeps_output);
  int saved = errno;
  if (own_pid() == parent) {
    note(FORK_FAILED, parent, saved, 0, 0);
  } else {
    name_process(own_pid());
    note(FORKED, own_pid(), parent, kernel_reaps(), index);
    note(EXITED, parent, 0, 0, 0);
    follow_inherited(tenant);
  }
  errno = saved;
  return result;
}
