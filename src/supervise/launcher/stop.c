#include "stop.h"
#include "descendants.h"
#include "report.h"
#include <signal.h>

/*
 * In milliseconds. All are asked when a fifth of the time is left, a second at most. Without a screen, everything is to
 * be gone within two seconds: half of one is for the killing.
 */
enum { LAST_CALL = 1000, ORPHANS = 200, SOON = 1500, FREEZE = 300, AGAIN = 200, GIVE_UP = 2000 };

static enum { GOING_ON, FIRST_ASKED, ALL_ASKED, KILLING } phase;
static int stop_signal = SIGTERM;
static long agreed_grace, ask_all_at, kill_at, again_at, give_up_at;

static long earlier(long a, long b) { return a < b ? a : b; }

void stop_by(int signal, long grace)
{
  stop_signal = signal;
  agreed_grace = grace;
}

void stop_within(long grace)
{
  long at = milliseconds() + grace, call = at - earlier(grace / 5, LAST_CALL);
  bool is_first = phase == GOING_ON;
  kill_at = is_first ? at : earlier(kill_at, at);
  ask_all_at = is_first ? call : earlier(ask_all_at, call);
  if (!is_first) return;
  phase = FIRST_ASKED;
  ask_first(stop_signal);
}

void stop(void) { stop_within(agreed_grace); }

void stop_soon(void) { stop_within(earlier(agreed_grace, SOON)); }

bool goes_on(void) { return phase == GOING_ON; }

void somebody_ended(void)
{
  if (phase == FIRST_ASKED && !waits_for_asked()) ask_all_at = earlier(ask_all_at, milliseconds() + ORPHANS);
}

/* Stopped first, all of them: killing one by one, a server that forks without end would always be ahead. */
void kill_now(void)
{
  if (phase < KILLING) give_up_at = milliseconds() + GIVE_UP;
  phase = KILLING;
  long frozen = milliseconds() + FREEZE;
  while (freeze_all() && milliseconds() < frozen) continue;
  kill_found();
  again_at = milliseconds() + AGAIN;
}

static long due_at(void) { return phase == FIRST_ASKED ? ask_all_at : phase == ALL_ASKED ? kill_at : again_at; }

int until_due(void)
{
  long left = due_at() - milliseconds();
  return phase == GOING_ON ? -1 : left > 0 ? (int)left : 0; /* no grace is longer than an int */
}

bool do_what_is_due(void)
{
  if (until_due() != 0) return true;
  if (phase == KILLING && milliseconds() > give_up_at) return false;
  if (phase == FIRST_ASKED && milliseconds() < kill_at) {
    phase = ALL_ASKED;
    ask_all(stop_signal);
  } else
    kill_now();
  return true;
}
