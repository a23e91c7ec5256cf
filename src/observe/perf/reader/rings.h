/* The kernel's rings, one a processor: opened, read. Source: perf_event_open(2). */
#ifndef RINGS_H
#define RINGS_H
#include "record.h"
#include "sample.h"
#include <poll.h>

#define MOST_PROCESSORS 1024

/*
 * Opens the events of all processes. 0, or the errno; EACCES or EPERM where privileges are missing. `sees` gets the
 * bits of record.h.
 */
int open_system(unsigned *sees);

/* The same for one thread of one's own, and all that it starts from now on. */
int open_thread(int tid, unsigned *sees);

/* The connections to these ports are told of from now on. 0 or an errno. */
int watch_ports(const int *ports, int count);

/* Appends what is in the rings to `samples` and returns how many there are then; the array grows as needed. */
unsigned read_rings(struct sample **samples, unsigned count);

/*
 * Whether a ring was full when it was read last. How many records did not fit, the kernel tells with the next one that
 * fits (SAMPLE_LOST), if there ever is one.
 */
bool may_have_lost(void);

/* Descriptors to poll, of rings that are filling; returns how many. */
unsigned ring_descriptors(struct pollfd *descriptors);

#endif
