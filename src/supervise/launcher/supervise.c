#define _GNU_SOURCE
#include "supervise.h"
#include "contain.h"
#include "descendants.h"
#include "report.h"
#include "stop.h"
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t server;

/*
 * The first process has ended. When that was its whole task and others go on, they are the server: a daemon, or a new
 * version that the old one has started.
 */
static void end_of_first(pid_t outer, int status, bool alive)
{
  pid_t heir = alive && goes_on() && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? find_heir() : 0;
  if (heir) {
    report("reaped %d %d %d", outer, status, outer_pid(getpid()));
    report("daemonized %d", outer_pid(heir));
  } else
    report("ended %d %d %d", outer, status, outer_pid(getpid()));
  server = heir;
}

/* Waits for one that has ended. Returns its pid; 0 for none, and -1 when there is nobody who could. */
static pid_t reap_one(pid_t *outer, int *status)
{
  siginfo_t child = {0};
  if (waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) < 0) return -1;
  if (!child.si_pid) return 0;
  *outer = outer_pid(child.si_pid); /* while it still has one */
  return waitpid(child.si_pid, status, 0);
}

/* Returns false when there is no child, and so no descendant, any more. */
static bool reap(void)
{
  pid_t pid, outer, first = 0;
  int status, first_status = 0;
  bool any = false;
  while ((pid = reap_one(&outer, &status)) > 0) {
    any = true;
    if (pid == server) {
      first = outer;
      first_status = status;
    } else
      report("reaped %d %d %d", outer, status, outer_pid(getpid()));
  }
  if (first) end_of_first(first, first_status, pid == 0);
  if (any) somebody_ended();
  return pid == 0;
}

static void obey(char order)
{
  if (order == 'k')
    kill_now();
  else if (order == 'h')
    stop_soon();
  else
    stop();
}

/* The pid of one that cannot be ended, or 0. */
static pid_t survivor(size_t index)
{
  pid_t pid = descendant_found(index);
  return pid ? outer_pid(pid) : 0;
}

static void report_end(bool alive)
{
  if (descendants_killed()) report("killed %d", descendants_killed());
  if (alive)
    report("left %zu %d %d %d", descendants_found(), survivor(0), survivor(1), survivor(2));
  else
    report("gone");
  for (; has_reports(); send_reports()) poll(&(struct pollfd){REPORT, POLLOUT, 0}, 1, -1);
}

void supervise(pid_t first, struct ears ears)
{
  bool alive;
  server = first;
  while ((alive = reap())) {
    send_reports();
    if (ears.control < 0) stop_soon();
    struct pollfd events[] = {{ears.signals, POLLIN, 0},
                              {ears.control, POLLIN, 0},
                              {ears.parent, POLLIN, 0},
                              {has_reports() ? REPORT : -1, POLLOUT, 0}};
    poll(events, 4, until_due());
    for (struct signalfd_siginfo signal; read(ears.signals, &signal, sizeof signal) > 0;)
      if (signal.ssi_signo == SIGTERM) stop_soon();
    if (events[1].revents) {
      char order;
      if (read(ears.control, &order, 1) == 1)
        obey(order);
      else
        ears.control = -1;
    }
    if (events[2].revents) ears.parent = ears.control = -1;
    if (!do_what_is_due()) break;
  }
  report_end(alive);
}
