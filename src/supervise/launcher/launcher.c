/*
 * Stands beside the screen, so that what the screen started and changed is put right when the screen is gone,
 * even by SIGKILL.
 *
 *   launcher run [NAME=VALUE...] -- COMMAND ARG...   starts a server; in the end, ends all processes that came of it
 *   launcher guard                                   gives the terminal back as it was
 *
 * Both take orders of one byte on descriptor 3, and see end-of-file there when the screen has died. To `run` the
 * first order means start, the next one stop; for the other's see guard.h. Every signal is blocked: a Ctrl-C, a
 * hang-up or a broken pipe is for others, and ending early is the one thing that must not happen here.
 */
#define _GNU_SOURCE
#include "descendants.h"
#include "guard.h"
#include "report.h"
#include "start-server.h"
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

enum { CONTROL = 3, PIPE_SIZE = 1 << 20 };

enum { SERVER_GRACE = 800, REST_GRACE = 200, SUDDEN_GRACE = 300, FREEZE = 300, AGAIN = 200, GIVE_UP = 5000 };

static pid_t server;
static enum { RUNNING, ASKED, TERMINATING, KILLING } phase;
static long deadline, give_up;

/* Returns false when there is no child, and so no descendant, any more. */
static bool reap(void)
{
  int status;
  pid_t pid;
  while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
    report("%s %d %d %d", pid == server ? "ended" : "reaped", pid, status, getpid());
    if (pid != server) continue;
    server = 0;
    /* What it has left behind by now it does not wait for. */
    if (phase == ASKED && deadline > milliseconds() + REST_GRACE) deadline = milliseconds() + REST_GRACE;
  }
  return pid == 0;
}

static void terminate_all(long grace)
{
  if (phase >= TERMINATING) return;
  phase = TERMINATING;
  deadline = milliseconds() + grace;
  signal_all(SIGTERM);
}

/* The server itself is asked first: a good one ends its children, and that is worth watching. */
static void ask_server(void)
{
  if (phase != RUNNING) return;
  if (!server) return terminate_all(REST_GRACE);
  phase = ASKED;
  kill(server, SIGTERM);
  kill(server, SIGCONT);
  deadline = milliseconds() + SERVER_GRACE;
}

/* Stopped first, all of them: killing one by one, a server that forks without end would always be ahead. */
static void kill_all(void)
{
  if (phase < KILLING) give_up = milliseconds() + GIVE_UP;
  phase = KILLING;
  long frozen = milliseconds() + FREEZE;
  while (signal_all(SIGSTOP) && reap() && milliseconds() < frozen) continue;
  signal_found(SIGKILL);
  deadline = milliseconds() + AGAIN;
}

/* Waits and acts until no descendant is left. Without a control channel from the start it ends them at once. */
static int supervise(int signals, int control)
{
  bool alive;
  while ((alive = reap())) {
    send_reports();
    if (control < 0) terminate_all(SUDDEN_GRACE);
    struct pollfd events[] = {{signals, POLLIN, 0}, {control, POLLIN, 0}, {has_reports() ? REPORT : -1, POLLOUT, 0}};
    long left = deadline - milliseconds();
    poll(events, 3, phase == RUNNING ? -1 : left > 0 ? (int)left : 0); /* no grace is longer than an int */
    for (struct signalfd_siginfo signal; read(signals, &signal, sizeof signal) > 0;)
      if (signal.ssi_signo == SIGTERM) terminate_all(SUDDEN_GRACE);
    if (events[1].revents) {
      char order;
      if (read(control, &order, 1) == 1)
        ask_server();
      else
        control = -1;
    }
    if (phase == RUNNING || milliseconds() < deadline) continue;
    if (phase == KILLING && milliseconds() > give_up) break;
    if (phase == ASKED)
      terminate_all(REST_GRACE);
    else
      kill_all();
  }
  if (descendants_killed()) report("killed %d", descendants_killed());
  if (alive)
    report("left %zu", descendants_found());
  else
    report("gone");
  for (; has_reports(); send_reports()) poll(&(struct pollfd){REPORT, POLLOUT, 0}, 1, -1);
  return 0;
}

/* Dies with its parent, in an orderly way. Returns false when the parent has died already. */
static bool follow(pid_t parent)
{
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  return getppid() == parent;
}

static int launch(char **settings, char **command, int signals)
{
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
  report("ready %d %d %d", getpid(), out[0], err[0]);
  send_reports();
  char order;
  if (read(CONTROL, &order, 1) != 1) return 0;
  server = start_server(settings, command, (int[]){out[1], err[1]});
  close(out[1]);
  close(err[1]);
  return supervise(signals, CONTROL);
}

static int run(char **settings, char **command)
{
  pid_t screen = getppid(), keeper = getpid();
  setsid(); /* out of the terminal's reach: Ctrl-Z must not stop us, nor a hang-up find us */
  if (!follow(screen)) return 0;
#ifdef SYS_close_range
  syscall(SYS_close_range, REPORT + 1, ~0U, 0); /* a server's descriptors are its own, whatever we were handed */
#endif
  fcntl(CONTROL, F_SETFD, FD_CLOEXEC);
  fcntl(REPORT, F_SETFD, FD_CLOEXEC);
  fcntl(REPORT, F_SETFL, O_NONBLOCK);
  sigset_t heard;
  sigemptyset(&heard);
  sigaddset(&heard, SIGCHLD);
  sigaddset(&heard, SIGTERM);

  /* The work is done in a child. Should that be killed, all that it watched over comes to us, and we end it. */
  pid_t launcher = fork();
  int signals = signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK);
  if (launcher < 0 || signals < 0) return 1;
  if (launcher == 0) return follow(keeper) ? launch(settings, command, signals) : 0;
  for (int signal, status; sigwait(&heard, &signal) == 0;) {
    if (signal == SIGTERM) kill(launcher, SIGTERM), kill(launcher, SIGCONT);
    if (waitpid(launcher, &status, WNOHANG) <= 0) continue;
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    end_line(); /* the launcher may have been in the middle of one */
    return supervise(signals, -1);
  }
  return 1;
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
  if (argc > 2 && !strcmp(argv[1], "run")) {
    char **dashes = argv + 2;
    while (*dashes && strcmp(*dashes, "--")) dashes++;
    if (*dashes && dashes[1]) {
      *dashes = NULL;
      return run(argv + 2, dashes + 1);
    }
  }
  fputs("usage: launcher run [NAME=VALUE...] -- COMMAND [ARG...]\n       launcher guard\n", stderr);
  return 2;
}
