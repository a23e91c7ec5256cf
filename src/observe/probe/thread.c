/* Threads that are begun for a connection: theirs is the turn, before they read anything. */
#define _GNU_SOURCE
#include "connection.h"
#include <pthread.h>

typedef void *start_function(void *);

/* What a new thread is to do; there are enough places unless hundreds begin at once. */
struct beginning {
  _Atomic bool is_taken;
  start_function *start;
  void *argument;
  struct connection *connection;
  uint64_t control;
};
enum { BEGINNINGS = 256 };
static struct beginning beginnings[BEGINNINGS];

static struct beginning *find_beginning(void) {
  for (int i = 0; i < BEGINNINGS; i++)
    if (!atomic_load(&beginnings[i].is_taken) && !atomic_exchange(&beginnings[i].is_taken, true)) return &beginnings[i];
  return NULL;
}

static void *begin_thread(void *argument) {
  struct beginning *place = argument, beginning = *place;
  atomic_store(&place->is_taken, false);
  /* Unless something became of it meanwhile. */
  if (atomic_load(&beginning.connection->control) == beginning.control)
    turn_to(beginning.connection, FRESH, AS_BEFORE, 0);
  return beginning.start(beginning.argument);
}

/* The connection that this thread accepted and has not turned to; NULL for none. */
static struct connection *accepted_for_another(void) {
  if (!probe || !mine.accepted || !mine.tenant || mine.pid != own_pid()) return NULL;
  struct control now_is = unpack(atomic_load(&mine.accepted->control));
  return now_is.turn == FRESH && now_is.owner == mine.tenant ? mine.accepted : NULL;
}

#define CREATE_ARGS pthread_t *, const pthread_attr_t *, start_function *, void *
REAL(int, pthread_create, CREATE_ARGS)
EXPORT int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, start_function *start, void *argument) {
  struct connection *connection = accepted_for_another();
  struct beginning *place = connection ? find_beginning() : NULL;
  if (!place) return real(pthread_create)(thread, attributes, start, argument);
  mine.accepted = NULL;
  place->start = start;
  place->argument = argument;
  place->connection = connection;
  place->control = atomic_load(&connection->control);
  int error = real(pthread_create)(thread, attributes, begin_thread, place);
  if (error) atomic_store(&place->is_taken, false);
  return error;
}
