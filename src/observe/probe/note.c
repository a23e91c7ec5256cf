/* Writing into the shared file. */
#define _GNU_SOURCE
#include "probe.h"
#include <sys/syscall.h>
#include <time.h>

struct probe *probe;
struct identity *identity;
INITIAL_EXEC __thread struct thread mine = {.listener = -1};

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

struct slot *claim_slot(uint32_t pid) {
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

void note(enum kind kind, uint32_t pid, int64_t a, int64_t b, int64_t c) {
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

void note_exit(int code, void *unused) {
  (void)unused;
  if (!probe || identity->exit_noted) return;
  identity->exit_noted = true;
  note(EXITED, (uint32_t)getpid(), code & 0xff, 0, 0);
}
