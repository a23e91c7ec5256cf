/*
 * The probe: preloaded into a server, it counts what its threads do and writes what happens into a shared file.
 * A wrapper calls the real function and then notes the outcome. Noting takes no lock, allocates nothing, keeps
 * errno, calls no wrapped function and may be interrupted by itself, so it is safe in signal handlers.
 *
 * vfork is left alone, since a wrapper's frame cannot return twice; its child is seen when it execs or exits.
 */
#define _GNU_SOURCE
#include "probe.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define INITIAL_EXEC __attribute__((tls_model("initial-exec")))

static struct probe *probe; /* NULL while nobody watches: then wrappers only call through */

/* ---- who we are ---- */

/* On a page that the kernel wipes in a forked child, however it was forked: pid 0 says that we are new. */
static struct identity {
  uint32_t pid;
  _Atomic uint32_t forks;
  bool exit_noted;
} *identity;

static INITIAL_EXEC __thread struct {
  struct slot *slot;
  uint32_t pid;
  int listener; /* the descriptor that `waits_in_accept` was found for */
  bool waits_in_accept;
  bool woken; /* by select, poll or epoll_wait, since it last turned to a listener */
} mine = {.listener = -1};

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint32_t own_pid(void) {
  if (!identity->pid) identity->pid = (uint32_t)getpid();
  return identity->pid;
}

static struct slot *own_slot(void) {
  uint32_t pid = own_pid();
  if (mine.slot && mine.pid == pid) return mine.slot;
  uint64_t index = atomic_fetch_add(&probe->slots_used, 1) + 1;
  struct slot *slot = &probe->slots[index < SLOT_COUNT ? index : 0];
  if (index < SLOT_COUNT) {
    slot->tid = (uint32_t)syscall(SYS_gettid);
    slot->born = now();
    atomic_store_explicit(&slot->pid, pid, memory_order_release);
  }
  mine.slot = slot;
  mine.pid = pid;
  return slot;
}

#define COUNT(counter, n) atomic_fetch_add_explicit(&own_slot()->counter, (uint64_t)(n), memory_order_relaxed)

/* `pid` is given by callers that may run in a vfork child, which shares its parent's memory. */
static void note(enum kind kind, uint32_t pid, int64_t a, int64_t b, int64_t c) {
  uint64_t index = atomic_fetch_add(&probe->head, 1);
  struct event *event = &probe->events[index % EVENT_COUNT];
  atomic_store_explicit(&event->sequence, 0, memory_order_relaxed);
  atomic_thread_fence(memory_order_release);
  event->time = now();
  event->pid = pid;
  event->kind = kind;
  event->a = a;
  event->b = b;
  event->c = c;
  atomic_store_explicit(&event->sequence, index + 1, memory_order_release);
}

/* ---- the real functions ---- */

#define REAL(result, name, ...) static result (*real_##name)(__VA_ARGS__);
REAL(int, accept, int, struct sockaddr *, socklen_t *)
REAL(int, accept4, int, struct sockaddr *, socklen_t *, int)
REAL(pid_t, fork, void)
REAL(void, _exit, int)
REAL(pid_t, waitpid, pid_t, int *, int)
REAL(pid_t, wait4, pid_t, int *, int, struct rusage *)
REAL(int, waitid, idtype_t, id_t, siginfo_t *, int)
REAL(int, kill, pid_t, int)
REAL(int, killpg, pid_t, int)
REAL(int, select, int, fd_set *, fd_set *, fd_set *, struct timeval *)
REAL(int, pselect, int, fd_set *, fd_set *, fd_set *, const struct timespec *, const sigset_t *)
REAL(int, poll, struct pollfd *, nfds_t, int)
REAL(int, ppoll, struct pollfd *, nfds_t, const struct timespec *, const sigset_t *)
REAL(int, epoll_wait, int, struct epoll_event *, int, int)
REAL(int, epoll_pwait, int, struct epoll_event *, int, int, const sigset_t *)
REAL(ssize_t, sendmsg, int, const struct msghdr *, int)
REAL(ssize_t, recvmsg, int, struct msghdr *, int)
REAL(int, setsockopt, int, int, int, const void *, socklen_t)

static void find_real_functions(void) {
#define FIND(name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name)
  FIND(accept), FIND(accept4), FIND(fork), FIND(_exit), FIND(waitpid), FIND(wait4), FIND(waitid), FIND(kill),
      FIND(killpg), FIND(select), FIND(pselect), FIND(poll), FIND(ppoll), FIND(epoll_wait), FIND(epoll_pwait),
      FIND(sendmsg), FIND(recvmsg), FIND(setsockopt);
}

/* ---- starting: linked with -z initfirst, so that no other constructor runs before ---- */

static bool is_ours(const struct probe *file) {
  return file->magic == PROBE_MAGIC && file->version == PROBE_VERSION &&
         file->slot_offset == offsetof(struct probe, slots) && file->slot_size == sizeof(struct slot) &&
         file->slot_count == SLOT_COUNT && file->event_offset == offsetof(struct probe, events) &&
         file->event_size == sizeof(struct event) && file->event_count == EVENT_COUNT;
}

/* The file has no name: the path leads through the watcher's descriptor in /proc, and ends with the watcher. */
static struct probe *map_file(const char *path) {
  int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return NULL;
  struct stat stat;
  struct probe *file = MAP_FAILED;
  if (fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode) && stat.st_uid == geteuid() && stat.st_size == sizeof *file)
    file = mmap(NULL, sizeof *file, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (file == MAP_FAILED) return NULL;
  if (is_ours(file)) return file;
  munmap(file, sizeof *file);
  return NULL;
}

static void note_exit(int code, void *unused) {
  (void)unused;
  if (!probe || identity->exit_noted) return;
  identity->exit_noted = true;
  note(EXITED, (uint32_t)getpid(), code & 0xff, 0, 0);
}

/* getenv does not work yet, but glibc hands a constructor what main gets. */
static const char *find_path(char **environment) {
  static const char name[] = "CSDESIGN_PROBE=";
  for (char **variable = environment; variable && *variable; variable++)
    if (strncmp(*variable, name, sizeof name - 1) == 0) return *variable + sizeof name - 1;
  return NULL;
}

__attribute__((constructor)) static void start(int argc, char **argv, char **environment) {
  (void)argc, (void)argv;
  find_real_functions();
  const char *path = find_path(environment);
  if (!path) return;
  int saved = errno;
  identity = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (identity != MAP_FAILED && madvise(identity, 4096, MADV_WIPEONFORK) == 0) probe = map_file(path);
  if (probe) {
    note(PROBED, own_pid(), getppid(), 0, 0);
    on_exit(note_exit, NULL);
  }
  errno = saved;
}

/* ---- accepting ---- */

/* A descriptor's flags seldom change, so they are asked for once for each listener that a thread turns to. */
static bool waits_in_accept(int listener) {
  if (mine.listener != listener) {
    mine.listener = listener;
    mine.waits_in_accept = !(fcntl(listener, F_GETFL) & O_NONBLOCK);
  }
  return mine.waits_in_accept;
}

static int count_accept(int listener, int result) {
  if (!probe) return result;
  int saved = errno;
  if (result >= 0) COUNT(accepts, 1);
  if (result < 0 && saved == EAGAIN) COUNT(eagain, 1);
  if (waits_in_accept(listener) ? result >= 0 : mine.woken) COUNT(wakeups, 1);
  mine.woken = false;
  errno = saved;
  return result;
}

EXPORT int accept(int fd, struct sockaddr *address, socklen_t *length) {
  return count_accept(fd, real_accept(fd, address, length));
}

EXPORT int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) {
  return count_accept(fd, real_accept4(fd, address, length, flags));
}

/* ---- waiting ---- */

/* It counts when the thread turns to a listener next: then it was a connection that woke it, or seemed to. */
static int note_wakeup(int ready) {
  if (ready > 0) mine.woken = true;
  return ready;
}

EXPORT int select(int n, fd_set *r, fd_set *w, fd_set *e, struct timeval *time) {
  return note_wakeup(real_select(n, r, w, e, time));
}

EXPORT int pselect(int n, fd_set *r, fd_set *w, fd_set *e, const struct timespec *time, const sigset_t *mask) {
  return note_wakeup(real_pselect(n, r, w, e, time, mask));
}

EXPORT int poll(struct pollfd *fds, nfds_t n, int milliseconds) {
  return note_wakeup(real_poll(fds, n, milliseconds));
}

/* What poll becomes in a program built with _FORTIFY_SOURCE. */
EXPORT int __poll_chk(struct pollfd *fds, nfds_t n, int milliseconds, size_t size) {
  if (size / sizeof *fds < n) abort();
  return poll(fds, n, milliseconds);
}

EXPORT int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *time, const sigset_t *mask) {
  return note_wakeup(real_ppoll(fds, n, time, mask));
}

EXPORT int epoll_wait(int fd, struct epoll_event *events, int most, int milliseconds) {
  return note_wakeup(real_epoll_wait(fd, events, most, milliseconds));
}

EXPORT int epoll_pwait(int fd, struct epoll_event *events, int most, int milliseconds, const sigset_t *mask) {
  return note_wakeup(real_epoll_pwait(fd, events, most, milliseconds, mask));
}

/* ---- processes ---- */

/* Whether the children of this process vanish without being waited for. Source: sigaction(2), SA_NOCLDWAIT. */
static bool kernel_reaps(void) {
  struct sigaction action;
  if (sigaction(SIGCHLD, NULL, &action) < 0) return false;
  return (action.sa_flags & SA_NOCLDWAIT) || (!(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_IGN);
}

/* The child tells of the fork, so that this comes before all else that is told of it. */
EXPORT pid_t fork(void) {
  uint32_t parent = probe ? own_pid() : 0, index = probe ? identity->forks++ : 0;
  pid_t pid = real_fork();
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

EXPORT __attribute__((noreturn)) void _exit(int code) {
  note_exit(code, NULL);
  for (;;) real__exit(code);
}

EXPORT __attribute__((noreturn)) void _Exit(int code) { _exit(code); }

static pid_t note_reap(pid_t pid, int status) {
  if (!probe || pid <= 0 || (!WIFEXITED(status) && !WIFSIGNALED(status))) return pid;
  int saved = errno;
  note(REAPED, own_pid(), pid, status, 0);
  errno = saved;
  return pid;
}

EXPORT pid_t waitpid(pid_t pid, int *status, int options) {
  int own = 0, *into = status ? status : &own;
  pid_t reaped = real_waitpid(pid, into, options);
  return note_reap(reaped, reaped > 0 ? *into : 0);
}

EXPORT pid_t wait(int *status) { return waitpid(-1, status, 0); }

EXPORT pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage) {
  int own = 0, *into = status ? status : &own;
  pid_t reaped = real_wait4(pid, into, options, usage);
  return note_reap(reaped, reaped > 0 ? *into : 0);
}

EXPORT pid_t wait3(int *status, int options, struct rusage *usage) { return wait4(-1, status, options, usage); }

EXPORT int waitid(idtype_t type, id_t id, siginfo_t *info, int options) {
  siginfo_t own = {0}, *into = info ? info : &own;
  int result = real_waitid(type, id, into, options);
  if (result == 0 && !(options & WNOWAIT) && into->si_pid > 0) {
    bool exited = into->si_code == CLD_EXITED, killed = into->si_code == CLD_KILLED || into->si_code == CLD_DUMPED;
    if (exited || killed) note_reap(into->si_pid, exited ? into->si_status << 8 : into->si_status);
  }
  return result;
}

/* ---- signals ---- */

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

EXPORT int kill(pid_t pid, int signum) { return note_signal(real_kill, pid, signum, pid); }

EXPORT int killpg(pid_t group, int signum) { return note_signal(real_killpg, group, signum, -(int64_t)group); }

/* Our addon's handler calls this; see servers/posix/posix.c. */
EXPORT void csdesign_probe_handled(int signum) {
  if (!probe) return;
  int saved = errno;
  note(SIGNAL_HANDLED, own_pid(), signum, 0, 0);
  errno = saved;
}

/* ---- sockets ---- */

static size_t descriptors_in(const struct msghdr *message) {
  size_t count = 0;
  if (!message->msg_control || message->msg_controllen < sizeof(struct cmsghdr)) return 0;
  struct msghdr *walk = (struct msghdr *)(uintptr_t)message;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(walk); c; c = CMSG_NXTHDR(walk, c))
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) count += (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
  return count;
}

EXPORT ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  ssize_t sent = real_sendmsg(fd, message, flags);
  if (!probe || sent < 0) return sent;
  size_t passed = descriptors_in(message);
  int saved = errno;
  if (passed) COUNT(passed, passed);
  errno = saved;
  return sent;
}

EXPORT ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
  ssize_t length = real_recvmsg(fd, message, flags);
  if (!probe || length < 0) return length;
  size_t received = descriptors_in(message);
  int saved = errno;
  if (received && !(flags & MSG_PEEK)) COUNT(received, received);
  errno = saved;
  return length;
}

/* SO_LINGER with no time: the close will send RST instead of FIN. Source: socket(7). */
EXPORT int setsockopt(int fd, int level, int option, const void *value, socklen_t length) {
  int result = real_setsockopt(fd, level, option, value, length);
  if (!probe || result < 0 || level != SOL_SOCKET || option != SO_LINGER || length < sizeof(struct linger))
    return result;
  const struct linger *linger = value;
  if (linger->l_onoff && linger->l_linger == 0) note(RESET_ARMED, own_pid(), fd, 0, 0);
  return result;
}
