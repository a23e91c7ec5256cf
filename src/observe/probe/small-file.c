/* Files of /proc, without what may not be called in a signal handler. */
#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>

bool read_small_file(const char *path, char *text, size_t size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  size_t length = 0;
  ssize_t count = 0;
  while (length < size && (count = read(fd, text + length, size - length)) > 0) length += (size_t)count;
  close(fd);
  if (count < 0 || length == size) return false;
  text[length] = 0;
  return true;
}
