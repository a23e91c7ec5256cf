/* Places for what threads count: one for each, from the first thing that it counts until it ends. */
#define _GNU_SOURCE
#include "connection.h"
#include "probe.h"
#include <pthread.h>
#include <sys/syscall.h>

/* So many places are looked at for one that was left. */
enum { TRIES = 32 };

static pthread_key_t ending;
static bool has_ending;
static uint64_t image;

/* What the thread before counted goes into the sum of all who have no place of their own. */
static void fold(struct slot *slot) {
  struct slot *sum = &probe->slots[0];
#define FOLD(counter) atomic_fetch_add(&sum->counter, atomic_exchange(&slot->counter, 0))
  FOLD(accepts), FOLD(received), FOLD(passed), FOLD(wakeups), FOLD(eagain);
  FOLD(requests), FOLD(bytes_in), FOLD(bytes_out), FOLD(serving), FOLD(waiting);
#undef FOLD
  slot->activity = 0;
  slot->open = 0;
}

/* A place that nobody has; NULL when none is found. */
static struct slot *find_place(void) {
  for (int tries = 0; tries < TRIES; tries++) {
    uint64_t number = atomic_fetch_add(&probe->slots_used, 1);
    struct slot *slot = &probe->slots[1 + number % (SLOT_COUNT - 1)];
    if (number < SLOT_COUNT - 1) return slot;
    uint32_t before = atomic_load(&slot->pid);
    if (!(before & HAS_LEFT) || !atomic_compare_exchange_strong(&slot->pid, &before, 0)) continue;
    fold(slot);
    return slot;
  }
  return NULL;
}

struct slot *claim_slot(uint32_t pid) {
  /* Who counts after its last word leaves no place behind that nobody would give free. */
  struct slot *slot = identity->exit_noted ? NULL : find_place();
  mine.pid = pid;
  mine.tenant = 0;
  uint32_t tid = (uint32_t)syscall(SYS_gettid);
  name_thread(pid, tid);
  if (slot) {
    slot->tid = tid;
    slot->born = now();
    slot->image = image;
    slot->turns = slot->awaited = 0;
    mine.tenant = tenant_of(slot);
    atomic_store_explicit(&slot->pid, pid, memory_order_release);
    if (has_ending) pthread_setspecific(ending, slot);
  }
  return mine.slot = slot ? slot : &probe->slots[0];
}

void leave_slot(void) {
  if (!mine.tenant || mine.pid != own_pid()) return;
  struct slot *slot = mine.slot;
  mine.slot = NULL;
  mine.tenant = 0;
  uint64_t before = atomic_exchange(&slot->activity, 0);
  add_spent(slot, before, now());
  atomic_fetch_add(&slot->tenancy, 1);
  atomic_fetch_or(&slot->pid, HAS_LEFT);
}

static void thread_ends(void *unused) {
  (void)unused;
  if (probe) leave_slot();
}

void watch_threads(void) {
  image = now();
  has_ending = pthread_key_create(&ending, thread_ends) == 0;
}
