/* What is there already: processes and threads from /proc. */
#ifndef SCAN_H
#define SCAN_H
#include "tree.h"

/*
 * Adds the process, all that descends from it and their threads, as far as they are not known, and tells of each
 * as FOUND. `open` is called for every thread, again until no new one appears; NULL when all threads are watched
 * anyway. 0, ESRCH when there is no such process, or what `open` returned.
 */
int scan(int pid, int (*open)(int tid));

/* After records were lost: finds what was missed, and tells of known ones that are gone as ENDED. */
void scan_again(void);

/* Whether the process ignores SIGCHLD, so that the kernel reaps its children. Asked at most every 100 ms. */
bool ignores_children(struct process *process, uint64_t time);

#endif
