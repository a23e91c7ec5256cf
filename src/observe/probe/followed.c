/*
 * Which descriptors are connections that were accepted. Private to each process, so that a fork copies it as the kernel
 * copies descriptors.
 */
#define _GNU_SOURCE
#include "connection.h"

/* It is the same connection as that of another descriptor of this process. */
#define DUPLICATED (UINT64_C(1) << 31)
#define PLACE(entry) ((uint32_t)(entry) & ~(uint32_t)DUPLICATED)

_Atomic uint64_t followed[FOLLOWED];
static _Atomic int held;    /* how many there are */
static _Atomic int highest; /* none is above */

static void count_open(int by) {
  atomic_fetch_add_explicit(&own_slot()->open, by, memory_order_relaxed);
}

static void lose(void) { atomic_fetch_add(&probe->unfollowed, 1); }

static struct connection *connection_of(uint64_t entry) { return &probe->ledger[PLACE(entry) - 1]; }

static bool is_current(uint64_t entry) {
  return unpack(atomic_load_explicit(&connection_of(entry)->control, memory_order_relaxed)).serial == (uint16_t)(entry >> 32);
}

/* Another connection may have taken its place in the ledger. */
struct connection *find_followed(int fd, uint64_t entry) {
  if (__builtin_expect(is_current(entry), 1)) return connection_of(entry);
  if (!atomic_compare_exchange_strong(&followed[fd], &entry, 0)) return NULL;
  held--;
  count_open(-1);
  lose();
  return NULL;
}

static void put(int fd, uint64_t entry) {
  unfollow(fd); /* it was closed by a way that we do not see */
  atomic_store_explicit(&followed[fd], entry, memory_order_relaxed);
  held++;
  int most = highest;
  while (fd > most && !atomic_compare_exchange_weak(&highest, &most, fd)) continue;
}

static uint64_t entry_of(struct connection *connection) {
  uint64_t serial = unpack(atomic_load(&connection->control)).serial;
  return serial << 32 | (uint64_t)(connection - probe->ledger + 1);
}

static bool follow(int fd, struct connection *connection) {
  if (fd < 0 || fd >= FOLLOWED) return lose(), false;
  put(fd, entry_of(connection));
  count_open(1);
  return true;
}

struct connection *follow_accepted(int fd, uint64_t key, uint64_t time) {
  if (!key) return lose(), NULL;
  struct connection *connection = enter(key, time);
  atomic_fetch_add_explicit(&probe->connections, 1, memory_order_relaxed);
  if (!follow(fd, connection)) return NULL;
  turn_to(connection, FRESH, HAS_NOT_READ, time);
  return connection;
}

/* Another descriptor of this process for the same connection; -1 for none. */
static int find_same(uint64_t entry) {
  for (int fd = 0, most = highest; fd <= most; fd++)
    if ((atomic_load_explicit(&followed[fd], memory_order_relaxed) | DUPLICATED) == (entry | DUPLICATED)) return fd;
  return -1;
}

static void put_copy(int from, int to) {
  uint64_t entry = atomic_fetch_or(&followed[from], DUPLICATED) | DUPLICATED;
  if (to < FOLLOWED) put(to, entry);
  else lose();
}

void follow_received(int fd) {
  if (fd < 0 || !atomic_load_explicit(&probe->connections, memory_order_relaxed)) return;
  uint64_t key = key_of(fd, NULL, 0, 0);
  struct connection *connection = key ? look_up(key) : NULL;
  if (!connection) return;
  int same = find_same(entry_of(connection));
  if (same >= 0 && same != fd) put_copy(same, fd);
  else if (follow(fd, connection)) adopt_turn(connection, 0);
}

void follow_copy(int from, int to) {
  if (!probe || from == to || to < 0) return;
  if (followed_by(from)) put_copy(from, to);
  else unfollow(to);
}

void unfollow(int fd) {
  if (!probe || fd < 0 || fd >= FOLLOWED) return;
  uint64_t entry = atomic_load_explicit(&followed[fd], memory_order_relaxed);
  if (__builtin_expect(entry == 0, 1)) return;
  /* A vfork child closes what is its own, in the memory of its parent. */
  if ((uint32_t)getpid() != own_pid() || !atomic_compare_exchange_strong(&followed[fd], &entry, 0)) return;
  held--;
  if ((entry & DUPLICATED) && find_same(entry) >= 0) return;
  count_open(-1);
  if (is_current(entry)) end_turn(connection_of(entry));
}

void unfollow_from(unsigned first, unsigned last) {
  if (!probe || held == 0) return;
  for (unsigned fd = first, most = (unsigned)highest; fd <= last && fd <= most; fd++) unfollow((int)fd);
}

bool follows_any(void) { return held > 0; }

void hand_over(int fd) {
  struct connection *connection = followed_by(fd);
  if (connection) pass_turn(connection);
}

void follow_inherited(uint32_t parent) {
  if (held == 0) return;
  for (int fd = 0, most = highest; fd <= most; fd++) {
    uint64_t entry = atomic_load_explicit(&followed[fd], memory_order_relaxed);
    if (!entry || !is_current(entry)) continue;
    if (!(entry & DUPLICATED) || find_same(entry) == fd) count_open(1);
    adopt_turn(connection_of(entry), parent);
  }
}

/* The largest number of a descriptor of this process that is looked at. */
enum { MOST_KEPT = 256 };

void follow_kept(void) {
  if (!atomic_load(&probe->connections)) return;
  for (int fd = 0; fd < MOST_KEPT; fd++) follow_received(fd);
}
