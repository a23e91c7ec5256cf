/* Signals that are sent and handled. */
#define _GNU_SOURCE
#include "probe.h"
#include <signal.h>

/* Noted before it is sent: the sender may be the one that it ends. A failure is noted again, with its errno. */
static int note_signal(int (*send)(pid_t, int), pid_t to, int signum, int64_t target) {
  if (!probe || signum == 0) return send(to, signum);
  int saved = errno;
  note(SIGNAL_SENT, own_pid(), target, signum, 0);
  errno = saved;
  int result = send(to, signum);
  saved = errno;
  if (result < 0) note(SIGNAL_SENT, own_pid(), target, signum, saved);
  errno = saved;
  return result;
}

REAL(int, kill, pid_t, int)
EXPORT int kill(pid_t pid, int signum) { return note_signal(real(kill), pid, signum, pid); }

REAL(int, killpg, pid_t, int)
EXPORT int killpg(pid_t group, int signum) { return note_signal(real(killpg), group, signum, -(int64_t)group); }

/* Our addon's handler calls this; see servers/posix/signals.c. */
EXPORT void csdesign_probe_handled(int signum) {
  if (!probe) return;
  int saved = errno;
  note(SIGNAL_HANDLED, own_pid(), signum, 0, 0);
  errno = saved;
}
