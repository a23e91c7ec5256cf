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
  int listener; /* the descriptor that `waits_in_accept` was found for */
  bool waits_in_accept;
  bool woken; /* by select, poll or epoll_wait, since it last turned to a listener */
};
extern INITIAL_EXEC __thread struct thread mine;

static inline uint32_t own_pid(void) {
  if (!identity->pid) identity->pid = (uint32_t)getpid();
  return identity->pid;
}

/* ---- noting ---- */

/* Takes the next slot for this thread. */
struct slot *claim_slot(uint32_t pid);

static inline struct slot *own_slot(void) {
  uint32_t pid = own_pid();
  return mine.slot && mine.pid == pid ? mine.slot : claim_slot(pid);
}

#define COUNT(counter, n) atomic_fetch_add_explicit(&own_slot()->counter, (uint64_t)(n), memory_order_relaxed)

/* Writes an event. `pid` is given by callers that may run in a vfork child, which shares its parent's memory. */
void note(enum kind kind, uint32_t pid, int64_t a, int64_t b, int64_t c);

/* That this process ends with that code, once. As on_exit(3) calls it. */
void note_exit(int code, void *unused);
#endif
