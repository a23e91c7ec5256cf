/* The epoll calls. Source: epoll(7). */
#define _GNU_SOURCE
#include "call.h"
#include <sys/epoll.h>

CALL(epollCreate, "", epoll_create1(EPOLL_CLOEXEC))

/* epollControl(epoll, operation, fd, events, data) */
static int change(int epoll, int operation, int fd, int events, int data) {
  struct epoll_event event = {.events = (uint32_t)events, .data.u32 = (uint32_t)data};
  return epoll_ctl(epoll, operation, fd, &event);
}
CALL(epollControl, "iiiii", change(INT(0), INT(1), INT(2), INT(3), INT(4)))

/* epollWait(epoll, Int32Array of (events, data) pairs, milliseconds or -1) */
static int wait_epoll(int epoll, struct bytes into, int milliseconds) {
  enum { MOST_EVENTS = 256 };
  struct epoll_event events[MOST_EVENTS];
  int *pairs = (int *)(void *)into.data;
  size_t room = into.length / (2 * sizeof *pairs);
  int n = epoll_wait(epoll, events, room < MOST_EVENTS ? (int)room : MOST_EVENTS, milliseconds);
  for (int i = 0; i < n; i++) {
    pairs[2 * i] = (int)events[i].events;
    pairs[2 * i + 1] = (int)events[i].data.u32;
  }
  return n;
}
BLOCKING(epollWait, "iwi", wait_epoll(INT(0), BYTES(1), INT(2)))
