/* Its second child has the pid of its first; the first accepts one connection, the second two. Source: clone(2). */
#define _GNU_SOURCE
#include <linux/sched.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_in address = {.sin_family = AF_INET};
static int listener;

static pid_t fork_as(pid_t pid) {
  struct clone_args args = {.exit_signal = SIGCHLD, .set_tid = pid ? (uintptr_t)&pid : 0, .set_tid_size = pid ? 1 : 0};
  return (pid_t)syscall(SYS_clone3, &args, sizeof args);
}

static pid_t accept_in_child(pid_t as, int times) {
  pid_t pid = fork_as(as);
  if (pid == 0) {
    for (int i = 0; i < times; i++) {
      int client = socket(AF_INET, SOCK_STREAM, 0);
      if (connect(client, (struct sockaddr *)&address, sizeof address) < 0) _exit(9);
      if (accept(listener, NULL, NULL) < 0) _exit(9);
    }
    _exit(times);
  }
  waitpid(pid, NULL, 0);
  return pid;
}

int main(void) {
  socklen_t length = sizeof address;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, 8) < 0) return 2;
  getsockname(listener, (struct sockaddr *)&address, &length);
  puts("ready"), fflush(stdout);
  getchar();
  pid_t first = accept_in_child(0, 1);
  return accept_in_child(first, 2) == first ? 0 : 3;
}
