#define _GNU_SOURCE
#include "rings.h"
#include "map.h"
#include "tracepoint.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* 1 MB a processor; an unprivileged user may lock half of that (perf_event_mlock_kb). */
#define LARGE_RING 256u
#define SMALL_RING 1u
/* More than any record of ours takes: a ring with less space may have lost some. */
#define LARGEST_RECORD 256u

static struct ring {
  int leader; /* all other events of the processor write into its ring */
  struct perf_event_mmap_page *page;
  size_t size; /* of its data, a power of two */
  int states;  /* the event of established connections, or 0 */
  bool was_full;
} rings[MOST_PROCESSORS];
static unsigned ring_count;
static bool system_wide;

static size_t page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

static int open_event(int type, int id, int tid, int cpu, bool is_first) {
  struct perf_event_attr attr = {
      .type = (uint32_t)type,
      .size = sizeof attr,
      .config = (unsigned)id,
      .sample_period = type == PERF_TYPE_TRACEPOINT,
      .sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | (system_wide ? (unsigned)PERF_SAMPLE_RAW : 0u),
      .sample_id_all = 1,
      .use_clockid = 1,
      .clockid = CLOCK_MONOTONIC,
      .task = is_first,
      .comm = is_first,
      .comm_exec = is_first,
      .inherit = !system_wide,
      .exclude_kernel = !system_wide,
      .watermark = 1,
      .wakeup_watermark = 64 * 1024,
  };
  return (int)syscall(SYS_perf_event_open, &attr, tid, cpu, -1, PERF_FLAG_FD_CLOEXEC);
}

static int map_ring(struct ring *ring) {
  for (size_t pages = LARGE_RING; pages >= SMALL_RING; pages /= 2) {
    ring->size = pages * page_size();
    ring->page = mmap(NULL, ring->size + page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, ring->leader, 0);
    if (ring->page != MAP_FAILED) return 0;
  }
  return errno;
}

static int add_to_ring(struct ring *ring, int fd) {
  if (ring->page) return ioctl(fd, PERF_EVENT_IOC_SET_OUTPUT, ring->leader) < 0 ? errno : 0;
  ring->leader = fd;
  return map_ring(ring);
}

static const char *filter_of(enum point point) {
  static char raw[96];
  snprintf(raw, sizeof raw, "(id == %d || id == %d) && (ret >= 0 || ret == -11)", SYS_accept, SYS_accept4);
  if (point == RAW_SYSCALL) return raw;
  bool is_accept = point == ACCEPT || point == ACCEPT4;
  return is_accept && !system_wide ? "ret >= 0" : tracepoints[point].filter;
}

/* One event, which stays open, into the ring of its processor. Its descriptor, or minus an errno. */
static int add_point(struct ring *ring, enum point point, int tid, int cpu, const char *filter) {
  int fd = open_event(PERF_TYPE_TRACEPOINT, tracepoints[point].id, tid, cpu, false);
  if (fd < 0) return -errno;
  int error = filter && ioctl(fd, PERF_EVENT_IOC_SET_FILTER, filter) < 0 ? errno : add_to_ring(ring, fd);
  if (error) close(fd);
  return error ? -error : fd;
}

static bool is_wanted(enum point point) {
  if (!tracepoints[point].id || point == SET_STATE) return false;
  if (!system_wide) return point == ACCEPT || point == ACCEPT4;
  return point != RAW_SYSCALL || !tracepoints[ACCEPT4].id;
}

static unsigned seen_by(enum point point) {
  switch (point) {
    case ACCEPT4: return tracepoints[ACCEPT].id ? SEES_ACCEPTS | (system_wide ? SEES_EMPTY_ACCEPTS : 0u) : 0;
    case RAW_SYSCALL: return SEES_ACCEPTS | SEES_EMPTY_ACCEPTS;
    case WAIT4: return SEES_REAPS;
    case EXIT_GROUP: return tracepoints[GENERATE].id && tracepoints[DELIVER].id ? SEES_ENDINGS : 0;
    case GENERATE: return tracepoints[DELIVER].id ? SEES_SIGNALS : 0;
    case ACCEPT:
    case DELIVER:
    case FORK:
    case SET_STATE:
    case POINTS: return 0;
  }
  return 0;
}

static int open_on(struct ring *ring, int tid, int cpu, unsigned *sees) {
  int first = open_event(PERF_TYPE_SOFTWARE, PERF_COUNT_SW_DUMMY, tid, cpu, true);
  if (first < 0) return errno;
  int error = add_to_ring(ring, first);
  for (enum point point = 0; !error && point < POINTS; point++)
    if (is_wanted(point)) {
      int fd = add_point(ring, point, tid, cpu, filter_of(point));
      error = fd < 0 ? -fd : 0;
      *sees |= seen_by(point);
    }
  *sees |= SEES_FORKS | (system_wide && tracepoints[SET_STATE].id ? SEES_ESTABLISHED : 0u);
  return error;
}

/* On every processor that is online. */
static int open_all(int tid, unsigned *sees) {
  long cpus = sysconf(_SC_NPROCESSORS_CONF);
  ring_count = (unsigned)(cpus < MOST_PROCESSORS ? cpus : MOST_PROCESSORS);
  for (unsigned cpu = 0; cpu < ring_count; cpu++) {
    int error = open_on(&rings[cpu], tid, (int)cpu, sees);
    if (error && error != ENODEV) return error;
  }
  return 0;
}

int open_system(unsigned *sees) {
  system_wide = true;
  *sees = 0;
  int error = open_all(-1, sees);
  if (error) system_wide = false;
  return error;
}

int open_thread(int tid, unsigned *sees) { return open_all(tid, sees); }

int watch_ports(const int *ports, int count) {
  char filter[1024];
  int used = snprintf(filter, sizeof filter, "%s && (sport == %d", tracepoints[SET_STATE].filter, ports[0]);
  for (int i = 1; i < count && used < (int)sizeof filter - 32; i++)
    used += snprintf(filter + used, sizeof filter - (size_t)used, " || sport == %d", ports[i]);
  snprintf(filter + used, sizeof filter - (size_t)used, ")");
  if (!system_wide || !tracepoints[SET_STATE].id) return EPERM;
  for (unsigned cpu = 0; cpu < ring_count; cpu++) {
    struct ring *ring = &rings[cpu];
    if (!ring->page) continue;
    /* A filter is set once and for all, so another needs another event. */
    if (ring->states) close(ring->states);
    ring->states = 0;
    int fd = add_point(ring, SET_STATE, -1, (int)cpu, filter);
    if (fd < 0) return -fd;
    ring->states = fd;
  }
  return 0;
}

/* ---- reading ---- */

static unsigned append(struct sample **samples, unsigned count, const struct perf_event_header *record) {
  static unsigned room;
  static uint64_t order;
  if (count >= room) {
    room = room ? room * 2 : 4096;
    *samples = realloc(*samples, room * sizeof **samples);
    if (!*samples) _exit(1);
  }
  if (!decode_sample(record, &(*samples)[count])) return count;
  (*samples)[count].order = order++;
  return count + 1;
}

static unsigned read_ring(struct ring *ring, struct sample **samples, unsigned count) {
  static union {
    struct perf_event_header header;
    char bytes[65536];
  } record;
  const char *data = (const char *)ring->page + page_size();
  uint64_t head = __atomic_load_n(&ring->page->data_head, __ATOMIC_ACQUIRE), tail = ring->page->data_tail, at = tail;
  while (at < head) {
    /* A record may go over the end of the ring; its header, eight bytes like its alignment, does not. */
    size_t from = (size_t)(at & (ring->size - 1)), before_end = ring->size - from;
    size_t size = ((const struct perf_event_header *)(const void *)(data + from))->size;
    if (size < sizeof record.header || size > head - at) _exit(1);
    memcpy(record.bytes, data + from, size < before_end ? size : before_end);
    if (size > before_end) memcpy(record.bytes + before_end, data, size - before_end);
    count = append(samples, count, &record.header);
    at += size;
  }
  __atomic_store_n(&ring->page->data_tail, at, __ATOMIC_RELEASE);
  if (at > tail) ring->was_full = false;
  head = __atomic_load_n(&ring->page->data_head, __ATOMIC_ACQUIRE);
  if (head - tail > ring->size - LARGEST_RECORD) ring->was_full = true;
  return count;
}

bool may_have_lost(void) {
  bool any = false;
  for (unsigned i = 0; i < ring_count; i++) any |= rings[i].was_full;
  return any;
}

unsigned read_rings(struct sample **samples, unsigned count) {
  for (unsigned i = 0; i < ring_count; i++)
    if (rings[i].page) count = read_ring(&rings[i], samples, count);
  return count;
}

unsigned ring_descriptors(struct pollfd *descriptors) {
  unsigned count = 0;
  for (unsigned i = 0; i < ring_count; i++)
    if (rings[i].page) descriptors[count++] = (struct pollfd){.fd = rings[i].leader, .events = POLLIN};
  return count;
}
