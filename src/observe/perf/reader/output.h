/* Records are gathered and written at once, so that many events cost one write. */
#ifndef OUTPUT_H
#define OUTPUT_H
#include "record.h"

/* The numbers of a record, in the order in which struct record has them. */
struct numbers {
  int32_t a, b, c, d;
};

void emit(enum record_kind kind, uint64_t time, int pid, struct numbers numbers);

/* As emit; in a flood of equal signals the count `d` of an earlier record is raised instead. */
void emit_signal(enum record_kind kind, uint64_t time, int pid, struct numbers numbers);

/* Writes what was gathered. Ends the program when nobody reads any more. */
void write_records(void);

/* Nanoseconds of CLOCK_MONOTONIC. */
uint64_t now(void);

#endif
