/*
 * One process for all clients, in one select loop (UNP 6.8). A connection waits for readability until its
 * request came, then for writability until the answer is out, so a slow reader stalls nobody.
 */
#include "loop.h"
#include <sys/select.h>

static fd_set readers, writers;
static long left_to_write[FD_SETSIZE];
static int highest;

static void finish(int connection) {
  FD_CLR(connection, &readers);
  FD_CLR(connection, &writers);
  close(connection);
}

static void welcome(int listener) {
  int connection = accept_if_any(listener, SOCK_NONBLOCK);
  if (connection < 0) return;
  if (connection >= FD_SETSIZE) {
    fprintf(stderr, "select cannot watch descriptor %d: closed\n", connection);
    close(connection);
    return;
  }
  FD_SET(connection, &readers);
  if (connection > highest) highest = connection;
}

static void take_request(int connection) {
  long count = read_request(connection);
  if (count <= 0) {
    finish(connection);
    return;
  }
  left_to_write[connection] = count;
  FD_CLR(connection, &readers);
  FD_SET(connection, &writers);
}

static void answer(int connection) {
  left_to_write[connection] = write_some(connection, left_to_write[connection]);
  if (left_to_write[connection] == 0) finish(connection);
}

int main(int argc, char **argv) {
  int listener = listen_without_blocking(port_argument(argc, argv));
  FD_SET(listener, &readers);
  highest = listener;
  for (;;) {
    fd_set readable = readers, writable = writers;
    int ready = select(highest + 1, &readable, &writable, NULL, NULL);
    if (ready < 0) {
      if (errno == EINTR) continue;
      die("select");
    }
    /* A descriptor that accept hands out in this round is in neither copy, so it waits for the next one. */
    int last = highest;
    for (int descriptor = 0; descriptor <= last && ready > 0; descriptor++) {
      if (FD_ISSET(descriptor, &readable)) {
        ready--;
        if (descriptor == listener) welcome(listener);
        else take_request(descriptor);
      } else if (FD_ISSET(descriptor, &writable)) {
        ready--;
        answer(descriptor);
      }
    }
  }
}
