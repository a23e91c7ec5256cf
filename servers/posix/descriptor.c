/* Files and descriptors. */
#define _GNU_SOURCE
#include "call.h"
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

BLOCKING(read, "ibr", read(INT(0), BYTES(1).data, BYTES(1).length))
BLOCKING(write, "ibr", write(INT(0), BYTES(1).data, BYTES(1).length))
CALL(close, "i", close(INT(0)))
BLOCKING(flock, "ii", flock(INT(0), INT(1)))

static int open_pipe(struct args *args, int *ends) {
  return has_room(args, 0, 2 * sizeof *ends) ? pipe2(ends, O_CLOEXEC) : -1;
}
CALL(pipe, "w", open_pipe(&args, WORDS(0)))

static int open_path(struct args *args, int flags, int mode) {
  char path[PATH_MAX];
  return text(args, 0, path, sizeof path) < 0 ? -1 : open(path, flags | O_CLOEXEC, (mode_t)mode);
}
CALL(open, "sii", open_path(&args, INT(1), INT(2)))

static int set_non_blocking(int fd, bool on) {
  int flags = fcntl(fd, F_GETFL);
  return flags < 0 ? -1 : fcntl(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
}
CALL(setNonBlocking, "ii", set_non_blocking(INT(0), INT(1)))

/* The beginning of a file as memory that all who map it share. EINVAL beyond its end, where reading would be SIGBUS. */
static void *map_file(int fd, size_t length) {
  struct stat stat;
  if (fstat(fd, &stat) < 0) return MAP_FAILED;
  if (stat.st_size < 0 || (size_t)stat.st_size < length) return errno = EINVAL, MAP_FAILED;
  return mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

/* map(fd, length): an ArrayBuffer, or the negated errno. It stays mapped until the process ends. */
static napi_value call_map(napi_env env, napi_callback_info info) {
  struct args args;
  if (!read_args(&args, env, info, "iz")) return NULL;
  void *memory = map_file(INT(0), SIZE(1));
  if (memory == MAP_FAILED) return outcome(env, -1);
  napi_value buffer;
  if (napi_create_external_arraybuffer(env, memory, SIZE(1), NULL, NULL, &buffer) == napi_ok) return buffer;
  munmap(memory, SIZE(1));
  errno = ENOMEM;
  return outcome(env, -1);
}
REGISTER(map)
