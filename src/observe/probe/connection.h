/*
 * Connections that were accepted: how the probe finds what the ledger knows of a descriptor, and whose turn it is.
 *
 * `control` says all that changes, in one word, so that it changes at once: whose turn it is (3 bits), whether bytes
 * were read since the last write (1), who has the turn and who gets it when he lets go (22 each: a slot and 8 bits of
 * its tenancy), and how often this place of the ledger was taken (16).
 */
#ifndef CONNECTION_H
#define CONNECTION_H
#include "probe.h"

enum turn {
  CLOSED,   /* nobody's */
  FRESH,    /* the server's: accepted, and nothing was asked of the client yet */
  AWAITED,  /* the client's, who has sent nothing yet */
  ASKED,    /* the server's: the client has sent something */
  ANSWERED, /* nobody's, or the server goes on answering */
  STALLED,  /* the client's, who does not read */
};

typedef uint32_t tenant; /* 0 for nobody */
enum { TENANT_BITS = 22, SLOT_BITS = 14, TENANT_MASK = (1 << TENANT_BITS) - 1 };
_Static_assert(SLOT_COUNT <= 1 << SLOT_BITS, "a tenant names its slot");

struct control {
  enum turn turn;
  bool has_read;
  tenant owner, heir;
  uint16_t serial;
};

static inline struct control unpack(uint64_t word) {
  return (struct control){(enum turn)(word & 7), word >> 3 & 1, (tenant)(word >> 4) & TENANT_MASK,
                          (tenant)(word >> 26) & TENANT_MASK, (uint16_t)(word >> 48)};
}

static inline uint64_t pack(struct control c) {
  return (uint64_t)c.turn | (uint64_t)c.has_read << 3 | (uint64_t)c.owner << 4 | (uint64_t)c.heir << 26 |
         (uint64_t)c.serial << 48;
}

static inline tenant tenant_of(struct slot *slot) {
  return (tenant)(slot - probe->slots) | (atomic_load_explicit(&slot->tenancy, memory_order_relaxed) & 0xff) << SLOT_BITS;
}

/* The slot, if that thread still has it. */
static inline struct slot *slot_of(tenant who) {
  if (!who) return NULL;
  struct slot *slot = &probe->slots[who & ((1 << SLOT_BITS) - 1)];
  return tenant_of(slot) == who ? slot : NULL;
}

/* ---- ledger.c ---- */

/* A place for a connection that was accepted now. */
struct connection *enter(uint64_t key, uint64_t time);

/* The connection of that key, if the server has accepted it; else NULL. */
struct connection *look_up(uint64_t key);

/* The key of a connection whose client has that address; NULL when it must be asked for. Returns 0 when there is none. */
struct sockaddr;
uint64_t key_of(int fd, const struct sockaddr *peer, unsigned length, uint16_t listener_port);

/* The port that a socket is bound to; 0 when it has none. */
uint16_t own_port(int fd);

/* ---- followed.c: by descriptor ---- */

enum { FOLLOWED = 65536 };
extern _Atomic uint64_t followed[FOLLOWED]; /* serial << 32 | whether there are two | place in the ledger + 1 */

struct connection *find_followed(int fd, uint64_t entry);

/* The connection of a descriptor; NULL for all others. */
static inline struct connection *followed_by(int fd) {
  if (fd < 0 || fd >= FOLLOWED) return NULL;
  uint64_t entry = atomic_load_explicit(&followed[fd], memory_order_relaxed);
  return __builtin_expect(entry == 0, 1) ? NULL : find_followed(fd, entry);
}

bool follows_any(void);
/* Returns it, or NULL when it cannot be followed. */
struct connection *follow_accepted(int fd, uint64_t key, uint64_t time);
/* A descriptor that came from elsewhere, if it is a connection that the server has accepted. */
void follow_received(int fd);
void follow_copy(int from, int to);
/* A descriptor was sent to another process, so the turn is the receiver's. */
void hand_over(int fd);
void unfollow(int fd);
void unfollow_from(unsigned first, unsigned last);

/* ---- turns.c ---- */

/* Adds the time since that activity began. */
void add_spent(struct slot *slot, uint64_t before, uint64_t time);

/* What the thread does from now on. `time` is 0 when it must be asked for, as below. */
void settle(struct slot *slot, enum activity activity, uint64_t time);

enum has_read { HAS_NOT_READ, HAS_READ, AS_BEFORE };

/* From now on it is that turn, and this thread has it. Returns what was before. */
struct control turn_to(struct connection *connection, enum turn turn, enum has_read has_read, uint64_t time);

/* The connection is closed here: the turn ends, or is the heir's. */
void end_turn(struct connection *connection);

/* The turn is that of whoever receives the connection. */
void pass_turn(struct connection *connection);

/* This thread got the connection from that one, or 0 for any: what there is to do is for it, as soon as that lets go. */
void adopt_turn(struct connection *connection, tenant from);

/* This thread turns to a connection that another may have accepted for it. */
void take_from_queue(struct connection *connection);

/* Nothing is left of what an earlier connection had in this place. */
void forget_turn(struct control before);

/* The answer is over: who gave it is idle, unless he has others to give. Or so if that is not this thread, which goes on. */
void rest(struct connection *connection);
void rest_elsewhere(struct connection *connection);

/* Whether it is this thread's turn anywhere. */
bool has_turns(void);

/* Around calls that wait: for a connection, for one client, or for many descriptors. */
void begin_accepting(void);
void begin_waiting_for_client(void);
void end_waiting_for_client(bool goes_on);
void begin_waiting_for_many(bool for_clients_only);
#endif
