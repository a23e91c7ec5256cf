/* What the kernel's rings tell, decoded. */
#ifndef SAMPLE_H
#define SAMPLE_H
#include <linux/perf_event.h>
#include <stdbool.h>
#include <stdint.h>

/* In the order in which they are taken when they have the same time. */
enum sample_kind {
  SAMPLE_LOST,        /* a: how many */
  SAMPLE_FORK,        /* pid, tid: the new one; a, b: pid and tid of the one that forked */
  SAMPLE_CHILD_ID,    /* a: the child's tid in the kernel's first pid namespace */
  SAMPLE_EXEC,
  SAMPLE_ACCEPT,      /* a: the call's result */
  SAMPLE_WAITED,      /* a: the pid that wait4 gave */
  SAMPLE_EXIT_GROUP,  /* a: exit code */
  SAMPLE_GENERATED,   /* a: signal, b: si_code, c: receiver, d: enum signal_result */
  SAMPLE_DELIVERED,   /* a: signal, b: 0 default action, 1 ignored, 2 a handler runs */
  SAMPLE_ESTABLISHED, /* a: local port, b: remote port */
  SAMPLE_EXIT,
};

struct sample {
  uint64_t time, order; /* order: of reading, where times are equal */
  enum sample_kind kind;
  int pid, tid; /* of whom it happened in, in this process's pid namespace */
  int a, b, c, d;
};

/* Decodes a record of a ring; false when it is none that matters. */
bool decode_sample(const struct perf_event_header *record, struct sample *sample);

#endif
