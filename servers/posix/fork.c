/*
 * fork(2) in a process that runs V8. V8 maps its heap with MADV_DONTFORK, so a forked child would fault at its first
 * step. That is undone before every fork, since V8 maps more as it goes.
 */
#define _GNU_SOURCE
#include "call.h"
#include "signals.h"
#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* madvise passes over holes (ENOMEM), but stops with EINVAL at the kernel's own pages, such as those of the vdso,
   which are nobody's heap; so what lies between them is advised, a range at a time. Source: madvise(2), vdso(7). */
enum { MOST_RANGES = 16 };
static struct range {
  uintptr_t from, to;
} ranges[MOST_RANGES];
static int range_count;

static bool inherit(uintptr_t from, uintptr_t to) {
  return madvise((void *)from, to - from, MADV_DOFORK) == 0 || errno == ENOMEM;
}

static bool inherit_ranges(void) {
  for (int i = 0; i < range_count; i++)
    if (!inherit(ranges[i].from, ranges[i].to)) return false;
  return range_count > 0;
}

static uintptr_t last_page(void) { return UINTPTR_MAX & ~((uintptr_t)sysconf(_SC_PAGESIZE) - 1); }

/* Mapping by mapping, noting the ranges for the next time; none when they are too many. False with errno when /proc
   does not tell, or the kernel has another reason to refuse. */
static bool inherit_every_mapping(void) {
  FILE *maps = fopen("/proc/self/maps", "re");
  if (!maps) return false;
  int refused = 0;
  uintptr_t free_from = 0, from, to;
  range_count = 0;
  while (fscanf(maps, "%" SCNxPTR "-%" SCNxPTR "%*[^\n]", &from, &to) == 2) {
    if (inherit(from, to)) continue;
    if (errno != EINVAL) refused = errno;
    if (range_count < MOST_RANGES && free_from < from) ranges[range_count++] = (struct range){free_from, from};
    free_from = to;
  }
  fclose(maps);
  if (range_count < MOST_RANGES) ranges[range_count++] = (struct range){free_from, last_page()};
  else range_count = 0;
  errno = refused;
  return refused == 0;
}

/* What start-up left free in malloc's heap would be copied for every child, and sorted by each one's first malloc. */
static void trim_heap(void) {
  static bool trimmed;
  if (!trimmed) malloc_trim(0);
  trimmed = true;
}

/* Signals are forgotten here and not in JavaScript, since a function that only children call would be compiled in
   each of them. */
static pid_t fork_v8(void) {
  if (!inherit_ranges() && !inherit_every_mapping()) return -1;
  trim_heap();
  pid_t pid = fork();
  if (pid == 0) forget_signals();
  return pid;
}
CALL(fork, "", fork_v8())
