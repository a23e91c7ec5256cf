/* Signals: the handler only notes that the signal came, as CPython's does; JavaScript's runs between two calls. */
#define _GNU_SOURCE
#include "signals.h"
#include "call.h"
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* [0]: whether any came; [n]: how often signal n came. Memory of a JavaScript array, so reading it is no call. */
static volatile int *pending;
enum { PENDING_WORDS = 65 };

/* Defined by the probe where it is loaded. */
__attribute__((weak, visibility("default"))) void csdesign_probe_handled(int signum);

/* Gets a byte for each signal; -1 for none. Its pipe must not block, since a handler may not wait. */
static volatile int wakeup_fd = -1;

static void write_wakeup(int signum) {
  int saved = errno;
  char byte = (char)signum;
  if (write(wakeup_fd, &byte, 1) < 0) errno = 0; /* a full pipe wakes as well */
  errno = saved;
}

static void note_signal(int signum) {
  if (csdesign_probe_handled) csdesign_probe_handled(signum);
  __atomic_fetch_add(&pending[signum], 1, __ATOMIC_RELAXED);
  __atomic_store_n(&pending[0], 1, __ATOMIC_RELEASE);
  if (wakeup_fd >= 0) write_wakeup(signum);
}
CALL(setWakeup, "i", (wakeup_fd = INT(0), 0))

/* A signal that came since the caller last looked must not leave it blocked; what is left is the few
   instructions up to the system call, which only calls that take a signal mask can close. */
bool interrupted(void) {
  if (!pending || !pending[0]) return false;
  errno = EINTR;
  return true;
}

void forget_signals(void) {
  for (int i = 0; pending && i < PENDING_WORDS; i++) pending[i] = 0;
}

/* The handler writes into the array as long as the process lives, so it is never collected. */
static int share_signals(struct args *args) {
  napi_ref kept;
  if (!has_room(args, 0, PENDING_WORDS * sizeof *pending)) return -1;
  if (napi_create_reference(args->env, args->given[0], 1, &kept) != napi_ok) return errno = ENOMEM, -1;
  pending = (volatile int *)(void *)args->value[0].bytes.data;
  return 0;
}
CALL(shareSignals, "w", share_signals(&args))

enum disposition { DEFAULT, IGNORE, HANDLE };

static int set_signal(struct args *args, int signum, int disposition) {
  if (disposition < DEFAULT || disposition > HANDLE) return refuse(args, "a signal is taken, ignored or handled");
  if (disposition == HANDLE && !pending) return refuse(args, "nobody has said where signals are noted");
  struct sigaction action = {0};
  sigemptyset(&action.sa_mask);
  action.sa_handler = disposition == HANDLE ? note_signal : disposition == IGNORE ? SIG_IGN : SIG_DFL;
  if (sigaction(signum, &action, NULL) < 0) return -1;
  /* Node leaves a few signals blocked; who sets one wants to get it. */
  sigset_t one;
  sigemptyset(&one);
  if (sigaddset(&one, signum) < 0) return -1;
  return sigprocmask(SIG_UNBLOCK, &one, NULL);
}
CALL(signal, "ii", set_signal(&args, INT(0), INT(1)))

static int block_signal(int signum) {
  sigset_t set;
  sigemptyset(&set);
  return sigaddset(&set, signum) < 0 ? -1 : sigprocmask(SIG_BLOCK, &set, NULL);
}
CALL(blockSignal, "i", block_signal(INT(0)))

static int open_signalfd(int signum) {
  sigset_t set;
  sigemptyset(&set);
  return sigaddset(&set, signum) < 0 ? -1 : signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}
CALL(signalFd, "i", open_signalfd(INT(0)))

/* pause(2) without its race: signals wait while we look, and sigsuspend lets them in. */
static int pause_for_signal(void) {
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &before);
  int result = interrupted() ? -1 : sigsuspend(&before);
  int saved = errno;
  sigprocmask(SIG_SETMASK, &before, NULL);
  errno = saved;
  return result;
}
CALL(pause, "", pause_for_signal())
CALL(kill, "ii", kill(INT(0), INT(1)))
