/*
 * One process for all clients, in one poll loop (UNP 6.11). A connection waits for readability until its request
 * came, then for writability until the answer is out, so a slow reader stalls nobody.
 */
#include "loop.h"
#include <poll.h>

#define MOST_CLIENTS 4096

/* The listener is the first; the clients follow without gaps. */
static struct pollfd watched[1 + MOST_CLIENTS];
static long left_to_write[1 + MOST_CLIENTS];
static int count = 1;

static void welcome(void) {
  int connection = accept_if_any(watched[0].fd, SOCK_NONBLOCK);
  if (connection < 0) return;
  if (count > MOST_CLIENTS) {
    fprintf(stderr, "more than %d clients: closed\n", MOST_CLIENTS);
    close(connection);
    return;
  }
  watched[count++] = (struct pollfd){.fd = connection, .events = POLLIN};
}

/* The last client takes the place of the one that is done. */
static void finish(int i) {
  close(watched[i].fd);
  count--;
  watched[i] = watched[count];
  left_to_write[i] = left_to_write[count];
}

static void serve(int i) {
  if (watched[i].events == POLLIN) {
    left_to_write[i] = read_request(watched[i].fd);
    watched[i].events = POLLOUT;
  } else {
    left_to_write[i] = write_some(watched[i].fd, left_to_write[i]);
  }
  if (left_to_write[i] <= 0) finish(i);
}

int main(int argc, char **argv) {
  watched[0] = (struct pollfd){.fd = listen_without_blocking(port_argument(argc, argv)), .events = POLLIN};
  for (;;) {
    if (poll(watched, (nfds_t)count, -1) < 0) {
      if (errno == EINTR) continue;
      die("poll");
    }
    /* Backwards, so that who takes the place of one that is done has had its turn. */
    for (int i = count - 1; i > 0; i--) {
      if (watched[i].revents != 0) serve(i);
    }
    if (watched[0].revents != 0) welcome();
  }
}
