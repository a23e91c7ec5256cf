/*
 * The parent accepts and passes each connection to a free child as a descriptor (SCM_RIGHTS); the child
 * writes one byte back when it is free again. The parent looks at the listener only while a child is free
 * (UNP 30.9). A child that died is replaced.
 */
#include "bytes.h"
#include <sys/select.h>
#include <sys/wait.h>

/* Enough descriptors for all the pipes, the listener and one connection, below select's limit. */
#define MOST_PASSED_TO (FD_SETSIZE - 16)

struct child {
  int pipe;
  bool busy;
};

static struct child children[MOST_PASSED_TO];
static int child_count, free_count;

/* Room for one descriptor in a control message, aligned as cmsg(3) wants it. */
union control {
  struct cmsghdr align;
  char room[CMSG_SPACE(sizeof(int))];
};

static void send_descriptor(int pipe, int descriptor) {
  char byte = 0;
  struct iovec data = {.iov_base = &byte, .iov_len = 1};
  union control control = {0};
  struct msghdr message = {
      .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.room};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptor);
  memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  if (sendmsg(pipe, &message, 0) < 0) perror("sendmsg");
}

/* The descriptor that was passed, or -1 when the other end is closed. */
static int receive_descriptor(int pipe) {
  char byte;
  int descriptor = -1;
  struct iovec data = {.iov_base = &byte, .iov_len = 1};
  union control control;
  struct msghdr message = {
      .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.room};
  if (recvmsg(pipe, &message, 0) <= 0) return -1;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header != NULL && header->cmsg_type == SCM_RIGHTS) {
    memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
  }
  return descriptor;
}

static void serve_passed(int pipe) {
  for (;;) {
    char done = 0;
    int connection = receive_descriptor(pipe);
    if (connection < 0) _exit(0);
    serve_bytes(connection);
    close(connection);
    if (write(pipe, &done, 1) != 1) _exit(1);
  }
}

static void start_child(struct child *child, int listener) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0) die("socketpair");
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid < 0) die("fork");
  if (pid == 0) {
    end_with_parent(parent);
    close(listener);
    close(ends[0]);
    serve_passed(ends[1]);
  }
  close(ends[1]);
  child->pipe = ends[0];
  child->busy = false;
  free_count++;
}

static void pass_on(int connection) {
  int i = 0;
  while (children[i].busy) i++;
  children[i].busy = true;
  free_count--;
  send_descriptor(children[i].pipe, connection);
  close(connection);
}

static void hear_from(struct child *child, int listener) {
  char done;
  if (read(child->pipe, &done, 1) == 1) {
    child->busy = false;
    free_count++;
    return;
  }
  fprintf(stderr, "a child died: replaced\n");
  if (!child->busy) free_count--;
  close(child->pipe);
  wait(NULL); /* its pipe is closed, so it is ending: this does not wait for long */
  start_child(child, listener);
}

int main(int argc, char **argv) {
  int listener = listen_on(port_argument(argc, argv));
  child_count = number_argument(argc, argv, 2, MOST_PASSED_TO, DEFAULT_CHILDREN);
  for (int i = 0; i < child_count; i++) start_child(&children[i], listener);
  for (;;) {
    fd_set readable;
    int highest = listener;
    FD_ZERO(&readable);
    if (free_count > 0) FD_SET(listener, &readable);
    for (int i = 0; i < child_count; i++) {
      FD_SET(children[i].pipe, &readable);
      if (children[i].pipe > highest) highest = children[i].pipe;
    }
    if (select(highest + 1, &readable, NULL, NULL, NULL) < 0) {
      if (errno == EINTR) continue;
      die("select");
    }
    /* The listener comes first: a child found dead below may lower the count of the free ones. */
    if (FD_ISSET(listener, &readable)) pass_on(accept_next(listener));
    for (int i = 0; i < child_count; i++) {
      if (FD_ISSET(children[i].pipe, &readable)) hear_from(&children[i], listener);
    }
  }
}
