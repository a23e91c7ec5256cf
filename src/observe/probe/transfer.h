/* Around calls that read from a descriptor or write to it, which may be a connection. All leave errno alone. */
#ifndef TRANSFER_H
#define TRANSFER_H
#include "connection.h"
#include <sys/types.h>
#include <sys/uio.h>

/* Before the call. Returns whether it waits until something can be read or written. */
bool begin_transfer(struct connection *connection, int fd, int flags);
void after_read(struct connection *connection, ssize_t length, int flags, bool waits);
void after_write(struct connection *connection, ssize_t length, size_t wanted, bool waits);

size_t size_of(const struct iovec *parts, size_t count);

#define READ(fd, flags, call)                                            \
  ({                                                                     \
    struct connection *from = probe ? followed_by(fd) : NULL;            \
    bool from_waits = from && begin_transfer(from, fd, flags);                 \
    ssize_t length_read = (call);                                        \
    if (from) after_read(from, length_read, flags, from_waits);          \
    length_read;                                                         \
  })

#define WRITE(fd, flags, wanted, call)                                   \
  ({                                                                     \
    struct connection *into = probe ? followed_by(fd) : NULL;            \
    bool into_waits = into && begin_transfer(into, fd, flags);                 \
    ssize_t length_written = (call);                                     \
    if (into) after_write(into, length_written, wanted, into_waits);     \
    length_written;                                                      \
  })
#endif
