/* Signals that are sent and handled. */
#define _GNU_SOURCE
#include "probe.h"
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_PID = 1 << 22 }; /* proc_sys_kernel(5), pid_max */

/* Whether it can be a signal, to processes that there can be: any other number is the program's mistake. */
static bool is_signal(int signum, int64_t to) {
  return signum > 0 && signum < NSIG && to >= -LARGEST_PID && to <= LARGEST_PID;
}

/*
 * Noted before it is sent: the sender may be the one that it ends. A failure is noted again, with its errno. `send` is
 * an expression: a result of -1 with errno, or for pthread functions an errno. A vfork child shares its parent's memory,
 * so the sender is asked for.
 */
#define NOTE_SIGNAL(target, signum, send)                                                       \
  ({                                                                                            \
    int64_t to = probe ? (target) : 0;                                                          \
    bool noted = probe && is_signal(signum, to);                                                \
    if (noted) note(SIGNAL_SENT, (uint32_t)getpid(), to, signum, 0);                            \
    int result = (send);                                                                        \
    int error = result < 0 ? errno : result;                                                    \
    if (noted && result != 0) note(SIGNAL_SENT, (uint32_t)getpid(), to, signum, error);     \
    result;                                                                                     \
  })

REAL(int, kill, pid_t, int)
EXPORT int kill(pid_t pid, int signum) { return NOTE_SIGNAL(pid, signum, real(kill)(pid, signum)); }

REAL(int, killpg, pid_t, int)
EXPORT int killpg(pid_t group, int signum) {
  return NOTE_SIGNAL(-(int64_t)group, signum, real(killpg)(group, signum));
}

REAL(int, raise, int)
EXPORT int raise(int signum) { return NOTE_SIGNAL(getpid(), signum, real(raise)(signum)); }

REAL(int, sigqueue, pid_t, int, const union sigval)
EXPORT int sigqueue(pid_t pid, int signum, const union sigval value) {
  return NOTE_SIGNAL(pid, signum, real(sigqueue)(pid, signum, value));
}

REAL(int, pthread_kill, pthread_t, int)
EXPORT int pthread_kill(pthread_t thread, int signum) {
  return NOTE_SIGNAL(getpid(), signum, real(pthread_kill)(thread, signum));
}

#ifdef __GLIBC__
REAL(int, pthread_sigqueue, pthread_t, int, const union sigval)
EXPORT int pthread_sigqueue(pthread_t thread, int signum, const union sigval value) {
  return NOTE_SIGNAL(getpid(), signum, real(pthread_sigqueue)(thread, signum, value));
}

/* glibc from 2.30. */
REAL(int, tgkill, pid_t, pid_t, int)
EXPORT int tgkill(pid_t pid, pid_t tid, int signum) {
  if (!real(tgkill)) return errno = ENOSYS, -1;
  return NOTE_SIGNAL(pid, signum, real(tgkill)(pid, tid, signum));
}

/* The process that a descriptor stands for; out of range when it has ended. Source: pidfd_open(2), proc_pid_fdinfo(5). */
static pid_t pid_of(int pidfd) {
  char path[48], text[512];
  int saved = errno;
  snprintf(path, sizeof path, "/proc/self/fdinfo/%d", pidfd);
  const char *line = read_small_file(path, text, sizeof text) ? strstr(text, "\nPid:") : NULL;
  int pid = line ? atoi(line + strlen("\nPid:")) : 0;
  errno = saved;
  return pid > 0 ? pid : INT_MAX;
}

/* glibc from 2.36. */
REAL(int, pidfd_send_signal, int, int, siginfo_t *, unsigned)
EXPORT int pidfd_send_signal(int pidfd, int signum, siginfo_t *info, unsigned flags) {
  if (!real(pidfd_send_signal)) return errno = ENOSYS, -1;
  return NOTE_SIGNAL(pid_of(pidfd), signum, real(pidfd_send_signal)(pidfd, signum, info, flags));
}
#endif

/* Our addon's handler calls this; see servers/posix/signals.c. */
EXPORT void csdesign_probe_handled(int signum) {
  if (probe) note(SIGNAL_HANDLED, own_pid(), signum, 0, 0);
}
