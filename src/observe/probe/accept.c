/* Connections that a thread takes from a listener. */
#define _GNU_SOURCE
#include "connection.h"
#include <sys/socket.h>

/* Where the client's address goes; the caller need not want it. */
struct peer {
  struct sockaddr *address;
  socklen_t *length;
  socklen_t room;
  struct sockaddr_storage own;
  socklen_t own_length;
};

static void prepare(struct peer *peer, struct sockaddr *address, socklen_t *length) {
  peer->own_length = sizeof peer->own;
  bool is_wanted = address && length;
  peer->address = is_wanted ? address : (struct sockaddr *)&peer->own;
  peer->length = is_wanted ? length : &peer->own_length;
  peer->room = *peer->length;
}

static bool begin_accept(int listener) {
  bool waits = can_wait(listener);
  if (waits) begin_accepting();
  return waits;
}

static int count_accept(int listener, bool waits, const struct peer *peer, int flags, int result) {
  int saved = errno;
  if (result >= 0) {
    COUNT(accepts, 1);
    know_accepted(result, !(flags & SOCK_NONBLOCK));
    socklen_t length = *peer->length < peer->room ? *peer->length : peer->room;
    uint64_t time = now();
    mine.accepted = follow_accepted(result, key_of(result, peer->address, length, port_of(listener)), time);
  }
  if (result < 0 && saved == EAGAIN) COUNT(eagain, 1);
  if (waits ? result >= 0 : mine.woken) COUNT(wakeups, 1);
  mine.woken = false;
  errno = saved;
  return result;
}

#define ACCEPT(fd, address, length, flags, call)              \
  ({                                                   \
    struct peer peer;                                  \
    prepare(&peer, address, length);                   \
    bool waits = begin_accept(fd);                     \
    count_accept(fd, waits, &peer, flags, (call));            \
  })

REAL(int, accept, int, struct sockaddr *, socklen_t *)
EXPORT int accept(int fd, struct sockaddr *address, socklen_t *length) {
  if (!probe) return real(accept)(fd, address, length);
  return ACCEPT(fd, address, length, 0, real(accept)(fd, peer.address, peer.length));
}

REAL(int, accept4, int, struct sockaddr *, socklen_t *, int)
EXPORT int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) {
  if (!probe) return real(accept4)(fd, address, length, flags);
  return ACCEPT(fd, address, length, flags, real(accept4)(fd, peer.address, peer.length, flags));
}
