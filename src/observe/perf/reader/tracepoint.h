/* The kernel's tracepoints that are used: their ids and where their fields are, as tracefs tells. */
#ifndef TRACEPOINT_H
#define TRACEPOINT_H
#include <stdbool.h>
#include <stdint.h>

enum point { ACCEPT4, ACCEPT, RAW_SYSCALL, WAIT4, EXIT_GROUP, GENERATE, DELIVER, FORK, SET_STATE, POINTS };

#define MOST_FIELDS 4

struct tracepoint {
  const char *name, *filter;
  const char *fields[MOST_FIELDS];
  int id; /* 0: this kernel does not have it, or does not tell */
  struct place {
    unsigned offset, size;
    bool is_signed;
  } places[MOST_FIELDS];
};

extern struct tracepoint tracepoints[POINTS];

enum tracefs { TRACEFS_FOUND = 0, TRACEFS_MISSING = 1, TRACEFS_UNREADABLE = 2 };

/*
 * Finds out ids and fields. Where tracefs is not mounted it is mounted in a mount namespace of this process alone,
 * if that is permitted. Source: Documentation/trace/ftrace.rst, unshare(2).
 */
enum tracefs find_tracepoints(void);

/* The tracepoint with that id, or NULL. */
const struct tracepoint *tracepoint_of(int id);

/* The value of a field of a raw record of `size` bytes; 0 when it is not in there. */
int64_t field_of(const struct tracepoint *point, int field, const char *raw, unsigned size);

#endif
