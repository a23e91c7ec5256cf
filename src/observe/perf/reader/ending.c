#include "ending.h"
#include <signal.h>

static uint64_t bit(int signal) { return signal >= 1 && signal <= 64 ? 1ull << (signal - 1) : 0; }

/* Whether the default action ends a process. Source: signal(7). */
static bool is_fatal(int signal) {
  switch (signal) {
    case SIGCHLD:
    case SIGCONT:
    case SIGURG:
    case SIGWINCH:
    case SIGSTOP:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU: return false;
    default: return signal > 0;
  }
}

static void set_end(struct process *process, enum end end, int number) {
  if (process->end != NOT_SEEN) return;
  process->end = end;
  process->end_number = number;
}

void note_generated(struct process *process, int signal, int result) {
  if (result == DELIVERED_TO && is_fatal(signal)) process->pending |= bit(signal);
}

/*
 * A signal that ends a process is turned into SIGKILL for all its threads (complete_signal in the kernel's
 * kernel/signal.c), so what is delivered is SIGKILL, and the cause is the one that is still pending.
 */
static int cause_of(const struct process *process) {
  if (process->pending & bit(SIGKILL)) return SIGKILL;
  for (int signal = 1; signal <= 64; signal++)
    if (process->pending == bit(signal)) return signal;
  return 0; /* none or several: which one it was was not seen */
}

void note_delivered(struct process *process, int signal, int action) {
  if (action == 0 && is_fatal(signal)) {
    int cause = signal == SIGKILL ? cause_of(process) : signal;
    if (cause) set_end(process, BY_SIGNAL, cause);
    return;
  }
  process->pending &= ~bit(signal);
}

void note_exit_group(struct process *process, int code) { set_end(process, BY_EXIT, code & 0xff); }
