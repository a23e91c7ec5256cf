/*
 * A pid namespace for the server, of which the launcher is the first process: when that ends, for whatever reason, the
 * kernel ends all others, and none of them can stop it or even name who is outside. It has a /proc of its own; that of
 * those outside is at OUTER_PROC. Root's has no user namespace, so that servers can change their user. Source:
 * pid_namespaces(7), user_namespaces(7).
 */
#ifndef CONTAIN_H
#define CONTAIN_H
#include <stdbool.h>
#include <sys/types.h>

/* Every /proc has this folder, and nobody looks into it. */
#define OUTER_PROC "/proc/driver"

/* Like fork(2): the child is the first process of its namespaces. */
pid_t fork_contained(void);

/* To be called by that child first. Returns 0, or an errno. */
int settle_inside(void);

/* The pid outside of a child that nobody has waited for yet, or of ourselves; the same pid when we are not contained. */
pid_t outer_pid(pid_t pid);
#endif
