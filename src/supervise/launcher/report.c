#include "report.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

long long nanoseconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

long milliseconds(void) { return (long)(nanoseconds() / 1000000); }

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

void report(const char *format, ...)
{
  char line[128];
  va_list values;
  size_t length = (size_t)snprintf(line, sizeof line, "%lld ", nanoseconds());
  va_start(values, format);
  vsnprintf(line + length, sizeof line - length, format, values);
  va_end(values);
  keep(line, strlen(line));
  keep("\n", 1);
}

void end_line(void) { keep("\n", 1); }

bool has_reports(void) { return unsent_length > 0; }

void send_reports(void)
{
  if (!unsent_length) return;
  ssize_t sent = write(REPORT, unsent, unsent_length);
  if (sent < 0 && errno == EAGAIN) return;
  size_t taken = sent < 0 ? unsent_length : (size_t)sent; /* an error: nobody is left to read them */
  unsent_length -= taken;
  memmove(unsent, unsent + taken, unsent_length);
}
