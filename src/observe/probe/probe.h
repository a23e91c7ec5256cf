/*
 * The probe: preloaded into a server, it counts what its threads do and writes what happens into a shared file.
 * A wrapper calls the real function and then notes the outcome. Noting takes no lock, allocates nothing, keeps
 * errno, calls no wrapped function and may be interrupted by itself, so it is safe in signal handlers.
 *
 * To add a wrapper: REAL and the function below it, in the file for its subject. What is new in kind goes into
 * layout.h too.
 */
#ifndef PROBE_H
#define PROBE_H
#include "layout.h"
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define INITIAL_EXEC __attribute__((tls_model("initial-exec")))

/* ---- the real functions ---- */

/*
 * Declares real_NAME, which is found before any other constructor runs: dlsym must not be called in a signal handler.
 * Another library may be first nevertheless; then its first call finds the function.
 */
#define REAL(result, name, ...)                                                                             \
  static result (*found_##name)(__VA_ARGS__);                                                               \
  __attribute__((constructor(101))) static void find_##name(void) { find_real(#name, &found_##name); }
#define real(name) (__builtin_expect(!found_##name, 0) ? (find_##name(), found_##name) : found_##name)

/* Writes the address of the next function of that name, or NULL, into a pointer to a function. */
void find_real(const char *name, void *pointer);

/* ---- who we are ---- */

/* NULL while nobody watches: then wrappers only call through. */
extern struct probe *probe;

/* On a page that the kernel wipes in a forked child, however it was forked: pid 0 says that we are new. */
struct identity {
  uint32_t pid;
  _Atomic uint32_t forks;
  bool exit_noted;
};
extern struct identity *identity;

struct thread {
  struct slot *slot;
  uint32_t pid;
  uint32_t tenant; /* the slot and whose it is, as connection.h has it; 0 without one of its own */
  struct connection *accepted; /* the latest */
  bool woken; /* by select, poll or epoll_wait, since it last turned to a listener */
};
extern INITIAL_EXEC __thread struct thread mine;

static inline uint32_t own_pid(void) {
  if (!identity->pid) identity->pid = (uint32_t)getpid();
  return identity->pid;
}

/* ---- noting ---- */

static inline uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* Takes the next slot for this thread, and gives it back for others. */
struct slot *claim_slot(uint32_t pid);
void leave_slot(void);
/* From now on slots are left when their threads end. */
void watch_threads(void);

static inline struct slot *own_slot(void) {
  uint32_t pid = own_pid();
  return mine.slot && mine.pid == pid ? mine.slot : claim_slot(pid);
}

#define COUNT(counter, n) atomic_fetch_add_explicit(&own_slot()->counter, (uint64_t)(n), memory_order_relaxed)

/*
 * An event takes its place in the ring when it is begun, and its time; it is read, and those behind it, when it is
 * finished. So what comes of a child stands behind the fork that its parent can tell of only later. Between the two
 * the reader waits, but not long: see read-events.ts. Both leave errno alone.
 */
struct begun {
  struct event *event; /* NULL when the place is not free: then the event is lost, and counted so */
  uint64_t index, time;
};
struct begun begin_event(void);
void finish_event(struct begun begun, enum kind kind, uint32_t pid, int64_t a, int64_t b, int64_t c);

/* Writes an event. `pid` is given by callers that may run in a vfork child, which shares its parent's memory. */
void note(enum kind kind, uint32_t pid, int64_t a, int64_t b, int64_t c);

/* ---- what the files have for each other ---- */

/* end.c: from now on the end of this process is noted. */
void watch_exit(void);

/* end.c: that a child was waited for, if the status is that of one that ended. Returns the pid. */
pid_t note_reap(pid_t pid, int status);

/*
 * name.c: notes by which pid the watcher knows one who is in another pid namespace: this process or thread, or a child
 * that nobody has waited for. To be called after the first one.
 */
void find_outer_proc(void);
void name_process(uint32_t pid);
void name_thread(uint32_t pid, uint32_t tid);
void name_child(pid_t child);

/* fork.c: whether the kernel reaps the children of this process. */
bool kernel_reaps(void);

/* descriptors.c: whether calls on it wait until something comes. */
bool can_wait(int fd);
void know_accepted(int fd, bool waits);

/* descriptors.c: the port that a listener is bound to; 0 for other sockets. */
uint16_t port_of(int listener);

/* followed.c: what a forked child has inherited from that thread, and a new program from the one before. */
void follow_inherited(uint32_t parent);
void follow_kept(void);

/* Reads a small file of /proc into `text`, with a NUL at its end. Returns false when there is none, or it is larger. */
bool read_small_file(const char *path, char *text, size_t size);
#endif
