/*
 * What perf-reader writes to its standard output: fixed-size records in the byte order of the machine.
 * record-layout.ts has the same figures; change both together.
 */
#ifndef RECORD_H
#define RECORD_H
#include <stdint.h>

#define RECORD_MARK 0x50455200u /* upper three bytes of `mark`; the lowest is the kind */

enum record_kind {
  READY = 1,        /* pid: why no ids, a: scope, b: what is seen, c: errno of the system-wide try, d: perf_event_paranoid */
  REFUSED = 2,      /* as READY; a: errno of the last try */
  FOUND = 3,        /* pid, a: parent: it was there already */
  FORKED = 4,       /* pid, a: parent, b: whether the parent ignores SIGCHLD, c: index among the parent's forks */
  EXECED = 5,       /* pid */
  ENDED = 6,        /* pid, a: 1 by exit, 2 by a signal, 0 not seen, b: exit code or signal */
  REAPED = 7,       /* pid, a: by whom, b and c: a and b of its ENDED */
  SENT = 8,         /* pid: sender, a: receiver or 0, b: signal, c: what became of it (enum signal_result), d: how often */
  HANDLED = 9,      /* pid, a: signal, b: how often */
  ACCEPTS = 10,     /* pid, a: tid, b: accepts, c: accepts that found nothing, both since the last of this thread */
  ESTABLISHED = 11, /* pid: 0, a: local port, b: remote port */
  LOST = 12,        /* a: records that the kernel could not write since the last; 0: some, it is not known how many */
  TOLD = 13,        /* all that happened before `time` was told */
  DONE = 14,        /* a: number of the order that was carried out, b: its errno */
};

enum scope { SYSTEM = 1, OWN = 2 };

/* Bits of what is seen. */
enum {
  SEES_FORKS = 1,
  SEES_ACCEPTS = 2,
  SEES_EMPTY_ACCEPTS = 4,
  SEES_SIGNALS = 8,
  SEES_ENDINGS = 16,
  SEES_REAPS = 32,
  SEES_ESTABLISHED = 64,
};

struct record {
  uint32_t mark;
  int32_t pid;
  uint64_t time; /* nanoseconds of CLOCK_MONOTONIC */
  int32_t a, b, c, d;
};

#endif
