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
#define CONNECTION_COUNT 65536u

/* What a thread does about connections; see turns.c. */
enum activity { NEVER_SERVED, IDLE, SERVING, WAITING };

#define HAS_LEFT (UINT32_C(1) << 31) /* in a slot's pid: its thread has ended, so another may take the slot */

/*
 * What one thread did. Written by that thread, and where it says so by others that take its connections over. When a
 * slot is taken again, what it had counted goes into the first slot before, so that sums stay exact.
 */
struct slot {
  _Atomic uint32_t pid; /* set last; 0 while the slot is not in use */
  uint32_t tid;
  uint64_t born;  /* nanoseconds of CLOCK_MONOTONIC, as all times here */
  uint64_t image; /* when its process, or one that it was forked from, began to run this program */
  _Atomic uint64_t accepts;
  _Atomic uint64_t received;
  _Atomic uint64_t passed;
  _Atomic uint64_t wakeups;
  _Atomic uint64_t eagain;
  _Atomic uint64_t requests;
  _Atomic uint64_t bytes_in;
  _Atomic uint64_t bytes_out;
  _Atomic uint64_t serving; /* nanoseconds, up to the present activity; written by others too, as all below */
  _Atomic uint64_t waiting;
  _Atomic uint64_t activity; /* since when, times 4, and which */
  _Atomic uint32_t turns;    /* connections that wait for this thread, and those whose clients it waits for */
  _Atomic uint32_t awaited;
  _Atomic int32_t open; /* connections that it opened less those that it closed: may be negative */
  _Atomic uint32_t tenancy; /* how many threads have left it */
};

/*
 * The ledger: a connection that was accepted, found by its client's port. All who have it open share it, so it is the
 * same one after fork, exec, dup and SCM_RIGHTS. Only another connection from the same place takes its place, or one
 * from elsewhere when eight places in a row are taken.
 */
struct connection {
  _Atomic uint64_t control;  /* see connection.h */
  _Atomic uint64_t key;      /* listener's port << 48 | client's port << 32 | client's address; see ledger.c */
  _Atomic uint64_t accepted; /* when */
  _Atomic uint32_t pid, tid; /* by whom */
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
  uint32_t connection_offset, connection_size, connection_count;
  char header_rest[128 - 48];
  _Atomic uint64_t head; /* events written so far */
  char head_rest[128 - 8];
  _Atomic uint64_t slots_used;  /* slots that were taken so far, and tried to be */
  _Atomic uint64_t connections; /* that were followed so far */
  _Atomic uint64_t unfollowed;  /* that could not be followed, or no longer */
  char page_rest[4096 - 256 - 24];
  struct slot slots[SLOT_COUNT]; /* the first takes the counts of all who find the others taken */
  struct event events[EVENT_COUNT];
  struct connection ledger[CONNECTION_COUNT];
};
#endif
