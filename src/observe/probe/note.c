/* Writing into the shared file. */
#define _GNU_SOURCE
#include "probe.h"
#include <sys/syscall.h>
#include <time.h>

struct probe *probe;
struct identity *identity;
INITIAL_EXEC __thread struct thread mine;

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

struct slot *claim_slot(uint32_t pid) {
  uint64_t index = atomic_fetch_add(&probe->slots_used, 1) + 1;
  struct slot *slot = &probe->slots[index < SLOT_COUNT ? index : 0];
  uint32_t tid = (uint32_t)syscall(SYS_gettid);
  name_thread(pid, tid);
  if (index < SLOT_COUNT) {
    slot->tid = tid;
    slot->born = now();
    atomic_store_explicit(&slot->pid, pid, memory_order_release);
  }
  mine.slot = slot;
  mine.pid = pid;
  return slot;
}

/* Takes the place for the event of that number; false when another writer has it, or has left a newer event there. */
static bool take(struct event *event, uint64_t number) {
  uint64_t before = atomic_load_explicit(&event->sequence, memory_order_relaxed);
  do
    if (before & WRITING || before > number) return false;
  while (!atomic_compare_exchange_weak(&event->sequence, &before, WRITING | number));
  /* Whoever sees the new event's words sees that the old one is gone. */
  atomic_thread_fence(memory_order_release);
  return true;
}

struct begun begin_event(void) {
  uint64_t index = atomic_fetch_add(&probe->head, 1);
  struct event *event = &probe->events[index % EVENT_COUNT];
  return (struct begun){take(event, index + 1) ? event : NULL, index, now()};
}

void finish_event(struct begun begun, enum kind kind, uint32_t pid, int64_t a, int64_t b, int64_t c) {
  struct event *event = begun.event;
  if (!event) return;
  event->time = begun.time;
  event->pid = pid;
  event->kind = kind;
  event->a = a;
  event->b = b;
  event->c = c;
  atomic_store_explicit(&event->sequence, begun.index + 1, memory_order_release);
}

void note(enum kind kind, uint32_t pid, int64_t a, int64_t b, int64_t c) {
  finish_event(begin_event(), kind, pid, a, b, c);
}
