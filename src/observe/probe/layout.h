/*
 * The file that the probe writes and src/observe reads; layout.ts says the same in TypeScript. The
 * header states every size, so that two builds that differ notice it instead of misreading each other.
 */
#ifndef LAYOUT_H
#define LAYOUT_H
#include <stdatomic.h>
#include <stdint.h>

#define PROBE_MAGIC 0x65626f7270736363u /* "ccsprobe" */
#define PROBE_VERSION 3u
#define SLOT_COUNT 16384u
#define EVENT_COUNT 65536u

/* What one thread did. Written by that thread alone, and never reused, so its counts stay exact after it ended. */
struct slot {
  _Atomic uint32_t pid; /* set last; 0 while the slot is not in use */
  uint32_t tid;
  uint64_t born; /* nanoseconds of CLOCK_MONOTONIC */
  _Atomic uint64_t accepts;
  _Atomic uint64_t received;
  _Atomic uint64_t passed;
  _Atomic uint64_t wakeups;
  _Atomic uint64_t eagain;
  uint64_t unused;
};

/*
 * A place in the ring belongs to one writer at a time, who takes it by compare-and-swap: one that slept for a whole lap
 * finds a newer event there and gives its own up. Source: H.-J. Boehm, "Can Seqlocks Get Along With Programming
 * Language Memory Models?", 2012.
 */
#define WRITING (UINT64_C(1) << 63)

struct event {
  _Atomic uint64_t sequence; /* its place in the ring's history, from 1; with WRITING while it is being written */
  uint64_t time;             /* nanoseconds of CLOCK_MONOTONIC */
  uint32_t pid;
  uint32_t kind;
  int64_t a, b, c;
};

enum kind {
  NOTHING,       /* a place that was taken for what did not happen */
  FORKED,        /* pid is the child, a the parent, b whether the kernel will reap it, c which fork of the parent's, from 0 */
  FORK_FAILED,   /* a errno */
  PROBED,        /* a the parent */
  EXITED,        /* a exit code */
  REAPED,        /* pid reaped a, b its wait status */
  SIGNAL_SENT,   /* to a, signal b, c errno when it failed */
  SIGNAL_HANDLED, /* signal a */
  RESET_ARMED,   /* descriptor a will be closed with a reset */
  NAMED,         /* the watcher knows this process, or thread, as a */
};

struct probe {
  uint64_t magic;
  uint32_t version;
  uint32_t slot_offset, slot_size, slot_count;
  uint32_t event_offset, event_size, event_count;
  char header_rest[128 - 36 - 4];
  _Atomic uint64_t head; /* events written so far */
  char head_rest[128 - 8];
  _Atomic uint64_t slots_used;
  char page_rest[4096 - 256 - 8];
  struct slot slots[SLOT_COUNT]; /* the first takes the counts of all who find the others taken */
  struct event events[EVENT_COUNT];
};
#endif
