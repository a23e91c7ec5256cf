/*
 * Part of launcher.c: what it tells the screen on descriptor 4. Each line begins with the time, in nanoseconds of
 * CLOCK_MONOTONIC:
 *
 *   ready PID OUT ERR       the launcher, and its descriptors from which the server's output is read
 *   started PID             the command runs
 *   failed ERRNO            it could not be started
 *   ended PID STATUS BY     the server has ended, with its wait status
 *   reaped PID STATUS BY    so has another process, an orphan, reaped by BY
 *   killed COUNT            so many did not end before they were sent SIGKILL
 *   gone                    no process is left; or else
 *   left COUNT              so many are, and cannot be ended
 *
 * Lines are kept until the screen takes them, so that a busy screen delays nobody's end.
 */
#pragma once
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { REPORT = 4 };

static long long nanoseconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static long milliseconds(void) { return nanoseconds() / 1000000; }

static char *unsent;
static size_t unsent_length, unsent_room;

static void keep(const char *text, size_t length)
{
  if (unsent_length + length > unsent_room) {
    char *more = realloc(unsent, 2 * (unsent_length + length));
    if (!more) return;
    unsent = more;
    unsent_room = 2 * (unsent_length + length);
  }
  memcpy(unsent + unsent_length, text, length);
  unsent_length += length;
}

__attribute__((format(printf, 1, 2))) static void report(const char *format, ...)
{
  char line[128];
  va_list values;
  va_start(values, format);
  int length = snprintf(line, sizeof line, "%lld ", nanoseconds());
  length += vsnprintf(line + length, sizeof line - length, format, values);
  va_end(values);
  line[length++] = '\n';
  keep(line, length);
}

static void send_reports(void)
{
  ssize_t sent = unsent_length ? write(REPORT, unsent, unsent_length) : 0;
  if (sent < 0 && errno != EAGAIN) sent = unsent_length; /* nobody is left to read them */
  if (sent <= 0) return;
  unsent_length -= sent;
  memmove(unsent, unsent + sent, unsent_length);
}
