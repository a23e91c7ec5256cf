/*
 * Stands beside the screen, so that what the screen started and changed is put right when the screen is gone,
 * even by SIGKILL.
 *
 *   launcher run SIGNAL GRACE [contain=FILES] [NAME=VALUE...] -- COMMAND ARG...
 *                    starts a server; in the end, ends all processes that came of it: by this signal (a number), then,
 *                    so many milliseconds later, by SIGKILL. `contain` gives it namespaces of its own: see contain.h;
 *                    as process 1 there we keep so many descriptors, from 5 on, that it may open by path.
 *   launcher guard   gives the terminal back as it was
 *
 * Both take orders of one byte on descriptor 3, and see end-of-file there when the screen has died: see supervise.h and
 * guard.h. Every signal is blocked: a Ctrl-C, a hang-up or a broken pipe is for others, and ending early is the one
 * thing that must not happen here. To end early is not even needed: a server may stop us by SIGSTOP. So whoever's
 * parent dies is sent SIGCONT, and whoever's child is stopped continues it.
 */
#define _GNU_SOURCE
#include "contain.h"
#include "guard.h"
#include "report.h"
#include "start-server.h"
#include "stop.h"
#include "supervise.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIPE_SIZE = 1 << 20 };

struct task { char **settings, **command; bool contained; unsigned files; };

static int give_up(int error)
{
  report("uncontained %d", error);
  report("gone");
  for (; has_reports(); send_reports()) poll(&(struct pollfd){REPORT, POLLOUT, 0}, 1, -1);
  return 0;
}

static int launch(struct task task, int signals, int parent)
{
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_PDEATHSIG, SIGCONT); /* that it is gone is seen by the pipe, which it may have closed already */
  int error = task.contained ? settle_inside() : 0;
  if (error) return give_up(error);
  /*
   * The server writes into pipes, not into what the screen could give us: Node gives sockets, and a socket cannot be
   * opened as /dev/stderr. The screen opens the reading ends through /proc, then gives the order to start. They are
   * made large, because the screen empties them ten times a second when much is written. We hold on to the reading
   * ends: what a server says at its end must not kill it by SIGPIPE when the screen is gone.
   */
  int out[2], err[2];
  if (pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0) return 1;
  fcntl(out[0], F_SETPIPE_SZ, PIPE_SIZE);
  fcntl(err[0], F_SETPIPE_SZ, PIPE_SIZE);
  report("ready %d %d %d", outer_pid(getpid()), out[0], err[0]);
  send_reports();
  struct pollfd waits[] = {{CONTROL, POLLIN, 0}, {parent, POLLIN, 0}};
  while (poll(waits, 2, -1) < 0) continue;
  char order;
  if (waits[1].revents || read(CONTROL, &order, 1) != 1) return 0;
  pid_t server = start_server(task.settings, task.command, (int[]){out[1], err[1]});
  close(out[1]);
  close(err[1]);
  supervise(server, (struct ears){signals, CONTROL, parent});
  return 0;
}

/* Sees to it that the launcher goes on, and ends when the screen has. Should it be killed, we do its work. */
static int keep(pid_t launcher, pid_t screen, const sigset_t *heard, int signals)
{
  for (int signal, status; sigwait(heard, &signal) == 0;) {
    if (signal == SIGTERM || getppid() != screen) kill(launcher, SIGTERM), kill(launcher, SIGCONT);
    if (waitpid(launcher, &status, WNOHANG | WUNTRACED) <= 0) continue;
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    if (WIFSTOPPED(status)) {
      kill(launcher, SIGCONT);
      continue;
    }
    end_line(); /* the launcher may have been in the middle of one */
    supervise(0, (struct ears){signals, -1, -1});
    return 0;
  }
  return 1;
}

static int run(struct task task)
{
  pid_t screen = getppid();
  setsid(); /* out of the terminal's reach: Ctrl-Z must not stop us, nor a hang-up find us */
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_PDEATHSIG, SIGCONT);
  if (getppid() != screen) return 0;
#ifdef SYS_close_range
  syscall(SYS_close_range, REPORT + 1 + task.files, ~0U, 0); /* a server's descriptors are its own, whatever we were handed */
#endif
  for (int fd = CONTROL; fd <= REPORT + (int)task.files; fd++) fcntl(fd, F_SETFD, FD_CLOEXEC);
  fcntl(REPORT, F_SETFL, O_NONBLOCK);
  sigset_t heard;
  sigemptyset(&heard);
  sigaddset(&heard, SIGCHLD);
  sigaddset(&heard, SIGCONT);
  sigaddset(&heard, SIGTERM);

  /* The work is done in a child. Should that be killed, all that it watched over comes to us, and we end it. */
  int alive[2];
  if (pipe2(alive, O_CLOEXEC) < 0) return 1;
  pid_t launcher = task.contained ? fork_contained() : fork();
  if (launcher < 0) return task.contained ? give_up(errno) : 1;
  int signals = signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK);
  if (signals < 0) return 1;
  close(alive[launcher == 0]);
  return launcher == 0 ? launch(task, signals, alive[0]) : keep(launcher, screen, &heard, signals);
}

static void block_every_signal(void)
{
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
}

int main(int argc, char **argv)
{
  block_every_signal();
  if (argc == 2 && !strcmp(argv[1], "guard")) return guard(CONTROL);
  if (argc > 4 && !strcmp(argv[1], "run")) {
    static const char contain[] = "contain=";
    bool contained = !strncmp(argv[4], contain, sizeof contain - 1);
    char **settings = argv + 4 + contained, **dashes = settings;
    while (*dashes && strcmp(*dashes, "--")) dashes++;
    if (*dashes && dashes[1]) {
      *dashes = NULL;
      stop_by(atoi(argv[2]), atol(argv[3]));
      unsigned files = contained ? (unsigned)atoi(argv[4] + sizeof contain - 1) : 0;
      return run((struct task){settings, dashes + 1, contained, files});
    }
  }
  fputs("usage: launcher run SIGNAL GRACE [contain=FILES] [NAME=VALUE...] -- COMMAND [ARG...]\n       launcher guard\n", stderr);
  return 2;
}
