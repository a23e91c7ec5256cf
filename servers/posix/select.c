/* select(2) over the memory of Int32Arrays, which it changes in place. */
#define _GNU_SOURCE
#include "call.h"
#include <sys/select.h>

/* More than anybody lives, in milliseconds, and still a number of seconds that the kernel takes. */
#define LONGEST 1e13

static bool is_set(struct args *args, size_t i) {
  return !args->value[i].bytes.data || has_room(args, i, sizeof(fd_set));
}

/* select(n, readers or null, writers or null, milliseconds, with fractions, or -1) */
static int wait_select(struct args *args, int n, fd_set *readers, fd_set *writers, double milliseconds) {
  if (n < 0 || n > FD_SETSIZE) return refuse(args, "select looks at descriptors below FD_SETSIZE");
  if (!(milliseconds <= LONGEST)) return refuse(args, "select cannot wait so long");
  if (!is_set(args, 1) || !is_set(args, 2)) return -1;
  if (milliseconds < 0) return select(n, readers, writers, NULL, NULL);
  long microseconds = (long)(milliseconds * 1000);
  struct timeval time = {microseconds / 1000000, microseconds % 1000000};
  return select(n, readers, writers, NULL, &time);
}

#define SET(i) ((fd_set *)(void *)BYTES(i).data)
#define SELECT wait_select(&args, INT(0), SET(1), SET(2), args.value[3].real)
BLOCKING(select, "iWWd", SELECT)
/* As the kernel has it: what came before the call does not interrupt it. */
CALL(selectUnguarded, "iWWd", SELECT)
