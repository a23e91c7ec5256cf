/*
 * Every process below this one. They are found from ourselves down, because a server may leave its
 * group, its session and its parent, but never its ancestors: a child subreaper inherits what they leave behind.
 */
#ifndef DESCENDANTS_H
#define DESCENDANTS_H
#include <stdbool.h>
#include <stddef.h>

/* Finds every descendant and sends it the signal. Returns whether any was not as the last look left it. */
bool signal_all(int signal);

/* Sends the signal to those that were found last. Returns as `signal_all`. */
bool signal_found(int signal);

/* How many descendants the last look found, and how many were sent SIGKILL before they had ended. */
size_t descendants_found(void);
int descendants_killed(void);
#endif
