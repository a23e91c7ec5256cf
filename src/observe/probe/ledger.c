/* The ledger of connections: see layout.h. */
#define _GNU_SOURCE
#include "connection.h"
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* Places that a connection may have, from its home on. */
enum { PROBES = 8 };

/* For connections from one address to one listener each port has a home of its own. */
static unsigned home_of(uint64_t key) { return (unsigned)(key ^ key >> 16 ^ key >> 32 ^ key >> 48) & 0xffff; }

static struct connection *place(uint64_t key, int i) {
  return &probe->ledger[(home_of(key) + (unsigned)i) % CONNECTION_COUNT];
}

struct connection *look_up(uint64_t key) {
  for (int i = 0; i < PROBES; i++) {
    struct connection *connection = place(key, i);
    uint64_t found = atomic_load_explicit(&connection->key, memory_order_acquire);
    if (found == key) return connection;
    if (!found) return NULL;
  }
  return NULL;
}

/* Its own place from an earlier connection, else one that nobody needs, else the oldest. */
static struct connection *choose(uint64_t key) {
  struct connection *closed = NULL, *oldest = place(key, 0);
  for (int i = 0; i < PROBES; i++) {
    struct connection *connection = place(key, i);
    uint64_t found = atomic_load_explicit(&connection->key, memory_order_acquire);
    if (!found || found == key) return closed && !found ? closed : connection;
    if (!closed && unpack(atomic_load(&connection->control)).turn == CLOSED) closed = connection;
    if (atomic_load(&connection->accepted) < atomic_load(&oldest->accepted)) oldest = connection;
  }
  return closed ? closed : oldest;
}

struct connection *enter(uint64_t key, uint64_t time) {
  struct connection *connection = choose(key);
  uint64_t word = atomic_load(&connection->control);
  struct control before;
  do before = unpack(word);
  while (!atomic_compare_exchange_weak(&connection->control, &word, pack((struct control){.serial = before.serial + 1})));
  forget_turn(before);
  atomic_store_explicit(&connection->accepted, time, memory_order_relaxed);
  atomic_store_explicit(&connection->pid, mine.pid, memory_order_relaxed);
  atomic_store_explicit(&connection->tid, own_slot()->tid, memory_order_relaxed);
  atomic_store_explicit(&connection->key, key, memory_order_release);
  return connection;
}

/* An address in 32 bits: IPv4 as it is, also when it is mapped into IPv6. */
static uint32_t fold_address(const struct in6_addr *address) {
  uint32_t word[4];
  memcpy(word, address, sizeof word);
  return IN6_IS_ADDR_V4MAPPED(address) ? word[3] : word[0] ^ word[1] ^ word[2] ^ word[3];
}

uint16_t own_port(int fd) {
  struct sockaddr_in6 own;
  socklen_t length = sizeof own;
  if (getsockname(fd, (struct sockaddr *)&own, &length) < 0) return 0;
  return own.sin6_family == AF_INET || own.sin6_family == AF_INET6 ? ntohs(own.sin6_port) : 0;
}

uint64_t key_of(int fd, const struct sockaddr *peer, unsigned length, uint16_t listener_port) {
  struct sockaddr_storage own;
  socklen_t own_length = sizeof own;
  if (!peer || length < sizeof(struct sockaddr_in)) {
    peer = (const struct sockaddr *)&own;
    if (getpeername(fd, (struct sockaddr *)&own, &own_length) < 0) return 0;
    length = own_length;
  }
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
  uint64_t address, port, cookie = 0;
  if (peer->sa_family == AF_INET && length >= sizeof v4) {
    memcpy(&v4, peer, sizeof v4);
    address = v4.sin_addr.s_addr, port = ntohs(v4.sin_port);
  } else if (peer->sa_family == AF_INET6 && length >= sizeof v6) {
    memcpy(&v6, peer, sizeof v6);
    address = fold_address(&v6.sin6_addr), port = ntohs(v6.sin6_port);
  } else {
    /* Others have no port: the kernel's number of the socket names them. Source: socket(7), SO_COOKIE. */
    own_length = sizeof cookie;
    return getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &own_length) < 0 ? 0 : cookie & UINT64_C(0xffffffffffff);
  }
  if (!listener_port) listener_port = own_port(fd);
  return (uint64_t)listener_port << 48 | port << 32 | address;
}
