/* Processes, but for their birth: see fork.c. */
#define _GNU_SOURCE
#include "call.h"
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

CALL(getpid, "", getpid())
CALL(getppid, "", getppid())

static napi_value call_exit(napi_env env, napi_callback_info info) {
  struct args args;
  if (!read_args(&args, env, info, "i")) return NULL;
  _exit(INT(0));
}
REGISTER(exit)

static pid_t wait_for_child(struct args *args, int pid, int *status, int options) {
  return has_room(args, 1, sizeof *status) ? waitpid(pid, status, options) : -1;
}
BLOCKING(waitpid, "iwi", wait_for_child(&args, INT(0), WORDS(1), INT(2)))

static int sleep_for(int milliseconds) {
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  return nanosleep(&time, NULL);
}
BLOCKING(sleep, "i", sleep_for(INT(0)))
