/*
 * Ends a server and all that came of it. Its first processes are asked to end: a good server ends its children itself,
 * and that is worth watching. Those that are left are asked when the first ones have ended, or a little before the time
 * is over. Then SIGKILL ends them.
 */
#ifndef STOP_H
#define STOP_H
#include <stdbool.h>

/* Which signal asks, and how many milliseconds they have then. To be called before all else. */
void stop_by(int signal, long grace);

/* The first order begins the stop; while one is under way the time can only become shorter. */
void stop_within(long grace);

/* The stop with the time that was agreed. */
void stop(void);

/* Nobody watches any more: little time is left. */
void stop_soon(void);

void kill_now(void);

/* Whether nobody has ordered a stop yet. */
bool goes_on(void);

/* Somebody has ended: when all first ones have, what they left behind gets only a moment until it is asked, too. */
void somebody_ended(void);

/* Milliseconds until something is due; -1 for never. */
int until_due(void);

/* Does what is due. Returns false when it has been tried long enough. */
bool do_what_is_due(void);
#endif
