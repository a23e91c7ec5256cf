/*
 * What the launcher tells the screen on descriptor 4. Each line begins with the time, in nanoseconds of
 * CLOCK_MONOTONIC:
 *
 *   ready PID OUT ERR       the launcher, and its descriptors from which the server's output is read
 *   uncontained ERRNO       it could not be given namespaces of its own, so nothing was started
 *   started PID             the command runs
 *   failed ERRNO            it could not be started
 *   ended PID STATUS BY     the server has ended, with its wait status
 *   reaped PID STATUS BY    so has another process, an orphan, reaped by BY
 *   daemonized PID          the server's first process had ended well, and this one goes on in its place
 *   killed COUNT            so many did not end before they were sent SIGKILL
 *   gone                    no process is left; or else
 *   left COUNT PID PID PID  so many are, and cannot be ended: the first of them, 0 for none
 *
 * Pids are those that the screen sees, also when the server has a pid namespace of its own.
 * Lines are kept until the screen takes them, so that a busy screen delays nobody's end.
 */
#ifndef REPORT_H
#define REPORT_H
#include <stdbool.h>
#include <stddef.h>

enum { REPORT = 4 };

/* Nanoseconds of CLOCK_MONOTONIC, and milliseconds. */
long long nanoseconds(void);
long milliseconds(void);

/* Keeps one line; the time and the newline are added. */
__attribute__((format(printf, 1, 2))) void report(const char *format, ...);

/* Ends a line that somebody else was in the middle of. */
void end_line(void);

/* Whether there are lines that the screen has not taken yet. */
bool has_reports(void);

/* Hands over as much as the screen takes without waiting. */
void send_reports(void);
#endif
