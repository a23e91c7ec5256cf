/* Writing into the shared file. */
#define _GNU_SOURCE
#include "probe.h"

struct probe *probe;
struct identity *identity;
INITIAL_EXEC __thread struct thread mine;

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
