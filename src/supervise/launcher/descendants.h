/*
 * Every process below this one. They are found from ourselves down, because a server may leave its
 * group, its session and its parent, but never its ancestors: a child subreaper inherits what they leave behind.
 */
#ifndef DESCENDANTS_H
#define DESCENDANTS_H
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Sends the signal, once in its life, to every child of ours, or to every descendant. A stopped one goes on first. */
void ask_first(int signal);
void ask_all(int signal);

/* Whether a child of ours that was asked has not ended yet. */
bool waits_for_asked(void);

/* Stops every descendant. Returns whether any was not as the last look left it. */
bool freeze_all(void);

/* Kills those that were found last. */
void kill_found(void);

/* Of our children the first that has children itself, else the first; 0 for none. */
pid_t find_heir(void);

/* How many descendants the last look found, one of them, and how many were sent SIGKILL before they had ended. */
size_t descendants_found(void);
pid_t descendant_found(size_t index);
int descendants_killed(void);
#endif
