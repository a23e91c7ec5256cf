/*
 * Whose turn it is on each connection, and so what each thread does: it serves while it is its turn on any; it waits for a
 * client while it waits in a call for one, or in one for many when some client's turn has begun; else it is idle. An
 * answer goes on after its first bytes until the thread turns to something else.
 */
#define _GNU_SOURCE
#include "connection.h"

/* A call that took no longer than this did not wait for the client. */
enum { NO_WAIT = 100000 };

static bool is_servers(enum turn turn) { return turn == FRESH || turn == ASKED; }
static bool is_clients(enum turn turn) { return turn == AWAITED || turn == STALLED; }

static void add_turn(struct slot *slot, enum turn turn, uint32_t by) {
  if (is_servers(turn)) atomic_fetch_add_explicit(&slot->turns, by, memory_order_relaxed);
  if (is_clients(turn)) atomic_fetch_add_explicit(&slot->awaited, by, memory_order_relaxed);
}

void add_spent(struct slot *slot, uint64_t before, uint64_t time) {
  enum activity activity = (enum activity)(before & 3);
  uint64_t since = before >> 2, spent = time > since ? time - since : 0;
  if (activity == WAITING && spent < NO_WAIT) activity = SERVING;
  if (activity == SERVING) atomic_fetch_add_explicit(&slot->serving, spent, memory_order_relaxed);
  if (activity == WAITING) atomic_fetch_add_explicit(&slot->waiting, spent, memory_order_relaxed);
}

void settle(struct slot *slot, enum activity activity, uint64_t time) {
  uint64_t before = atomic_load_explicit(&slot->activity, memory_order_relaxed);
  do {
    if ((before & 3) == (uint64_t)activity) return;
    if ((before & 3) == NEVER_SERVED && activity == IDLE) return;
    if (!time) time = now();
  } while (!atomic_compare_exchange_weak(&slot->activity, &before, time << 2 | (uint64_t)activity));
  add_spent(slot, before, time);
}

static enum activity running(const struct slot *slot) {
  return atomic_load_explicit(&slot->turns, memory_order_relaxed) > 0 ? SERVING : IDLE;
}

static bool is_of_this_process(const struct slot *slot) {
  return (atomic_load_explicit(&slot->pid, memory_order_relaxed) & ~HAS_LEFT) == own_pid();
}

/* Takes what the thread had to do on a connection from it. It may still run, but in vain. */
static void release(struct control before) {
  struct slot *slot = slot_of(before.owner);
  if (!slot) return;
  add_turn(slot, before.turn, (uint32_t)-1);
  if (running(slot) == IDLE) settle(slot, IDLE, 0);
}

void forget_turn(struct control before) { release(before); }

struct control turn_to(struct connection *connection, enum turn turn, enum has_read has_read, uint64_t time) {
  struct slot *slot = own_slot();
  uint64_t word = atomic_load_explicit(&connection->control, memory_order_relaxed), next;
  struct control before;
  do {
    before = unpack(word);
    bool read = has_read == AS_BEFORE ? before.has_read : has_read == HAS_READ;
    next = pack((struct control){turn, read, mine.tenant, 0, before.serial});
    if (next == word) break;
  } while (!atomic_compare_exchange_weak(&connection->control, &word, next));
  if (!mine.tenant) return release(before), before;
  if (before.owner != mine.tenant) {
    add_turn(slot, turn, 1);
    release(before);
  } else if (is_servers(before.turn) != is_servers(turn) || is_clients(before.turn) != is_clients(turn)) {
    add_turn(slot, turn, 1);
    add_turn(slot, before.turn, (uint32_t)-1);
  }
  if (is_servers(turn)) settle(slot, SERVING, time);
  return before;
}

/* Its owner in this process has it no longer, but the one given. Returns false when another process has the turn. */
static bool move_turn(struct connection *connection, struct control (*how)(struct control)) {
  uint64_t word = atomic_load(&connection->control);
  struct control before, after;
  do {
    before = unpack(word);
    struct slot *owner = slot_of(before.owner);
    if (owner && !is_of_this_process(owner)) return false;
    after = how(before);
    after.serial = before.serial;
    after.has_read = before.has_read;
  } while (!atomic_compare_exchange_weak(&connection->control, &word, pack(after)));
  struct slot *heir = slot_of(after.owner);
  if (heir) {
    add_turn(heir, after.turn, 1);
    if (is_servers(after.turn)) settle(heir, SERVING, 0);
  }
  release(before);
  return true;
}

/* While it is closed, whose turn it was stands in the place of the heir: another process may have it open. */
static struct control closed(struct control before) {
  if (before.turn == CLOSED) return before;
  if (slot_of(before.heir)) return (struct control){.turn = before.turn, .owner = before.heir};
  if (!before.owner && is_servers(before.turn)) return before; /* on its way to who receives it */
  return (struct control){.turn = CLOSED, .heir = (tenant)before.turn};
}
void end_turn(struct connection *connection) { move_turn(connection, closed); }

static struct control passed_on(struct control before) {
  return (struct control){.turn = before.turn, .owner = slot_of(before.heir) ? before.heir : 0};
}
void pass_turn(struct connection *connection) { move_turn(connection, passed_on); }

void adopt_turn(struct connection *connection, tenant from) {
  own_slot();
  uint64_t word = atomic_load(&connection->control);
  struct control before, after;
  do {
    before = after = unpack(word);
    if (before.turn == CLOSED) after.turn = (enum turn)(before.heir & 7);
    if (!is_servers(after.turn)) return;
    struct slot *owner = slot_of(before.owner);
    bool is_anothers = owner && !is_of_this_process(owner);
    if (is_anothers && from && before.owner != from) return;
    after.owner = is_anothers ? before.owner : mine.tenant;
    after.heir = is_anothers ? mine.tenant : 0;
  } while (!atomic_compare_exchange_weak(&connection->control, &word, pack(after)));
  if (after.owner != mine.tenant || !mine.tenant) return;
  if (before.owner != mine.tenant || before.turn == CLOSED) add_turn(mine.slot, after.turn, 1);
  if (before.owner != mine.tenant && before.turn != CLOSED) release(before);
  settle(mine.slot, SERVING, 0);
}

void rest(struct connection *connection) {
  struct slot *owner = slot_of(unpack(atomic_load_explicit(&connection->control, memory_order_relaxed)).owner);
  if (owner && running(owner) == IDLE) settle(owner, IDLE, 0);
}

void rest_elsewhere(struct connection *connection) {
  struct control now_is = unpack(atomic_load_explicit(&connection->control, memory_order_relaxed));
  if (now_is.turn == ANSWERED && now_is.owner != mine.tenant) rest(connection);
}

/* ---- calls that wait ---- */

/* Another thread accepted it, and handed it over by a queue: this one has had it since it was free. */
void take_from_queue(struct connection *connection) {
  struct control before = unpack(atomic_load_explicit(&connection->control, memory_order_relaxed));
  struct slot *slot = own_slot(), *owner = slot_of(before.owner);
  if (before.turn != FRESH || !mine.tenant || !owner || owner == slot || !is_of_this_process(owner)) return;
  uint64_t activity = atomic_load_explicit(&slot->activity, memory_order_relaxed), accepted = connection->accepted;
  bool is_free = (activity & 3) == IDLE || (activity & 3) == NEVER_SERVED;
  turn_to(connection, FRESH, AS_BEFORE, is_free && activity >> 2 > accepted ? activity >> 2 : accepted);
}

static struct slot *known_slot(void) { return mine.tenant && mine.pid == own_pid() ? mine.slot : NULL; }

void begin_waiting_for_client(void) {
  struct slot *slot = own_slot();
  if (mine.tenant) settle(slot, WAITING, 0);
}

void end_waiting_for_client(bool goes_on) {
  struct slot *slot = known_slot();
  if (slot) settle(slot, goes_on ? SERVING : running(slot), 0);
}

void begin_accepting(void) {
  struct slot *slot = known_slot();
  if (slot) settle(slot, IDLE, 0);
}

bool has_turns(void) {
  struct slot *slot = known_slot();
  return slot && running(slot) == SERVING;
}

void begin_waiting_for_many(bool for_clients_only) {
  struct slot *slot = known_slot();
  if (!slot) return;
  bool is_awaited = for_clients_only || atomic_load_explicit(&slot->awaited, memory_order_relaxed) > 0;
  settle(slot, running(slot) == SERVING ? SERVING : is_awaited ? WAITING : IDLE, 0);
}
