/*
 * System calls for TypeScript, as a Node-API addon. Every function is one call and returns its result, or the
 * negated errno; posix/index.ts turns that into errors and decides what happens after a signal.
 */
#define _GNU_SOURCE
#define NAPI_VERSION 8
#include "thread.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <malloc.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <node_api.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- arguments and results ---- */

#define MAX_ARGS 5
struct args {
  napi_env env;
  size_t count;
  napi_value value[MAX_ARGS];
};

static struct args arguments(napi_env env, napi_callback_info info) {
  struct args args = {.env = env, .count = MAX_ARGS};
  napi_get_cb_info(env, info, &args.count, args.value, NULL, NULL);
  return args;
}

static int integer(const struct args *args, size_t i) {
  int32_t value = 0;
  napi_get_value_int32(args->env, args->value[i], &value);
  return value;
}

static double real(const struct args *args, size_t i) {
  double value = 0;
  napi_get_value_double(args->env, args->value[i], &value);
  return value;
}

struct bytes {
  uint8_t *data;
  size_t length;
};

/* The memory behind a typed array; NULL and 0 for null. The caller keeps the array alive during the call. */
static struct bytes bytes(const struct args *args, size_t i) {
  struct bytes bytes = {0};
  void *data = NULL;
  size_t length = 0;
  napi_typedarray_type type;
  if (napi_get_typedarray_info(args->env, args->value[i], &type, &length, &data, NULL, NULL) != napi_ok) return bytes;
  size_t width = type == napi_int32_array || type == napi_uint32_array ? 4 : 1;
  bytes.data = data;
  bytes.length = length * width;
  return bytes;
}

/* bytes[offset, offset + length), cut to what is really there. */
static struct bytes slice(const struct args *args, size_t i) {
  struct bytes all = bytes(args, i);
  size_t offset = (size_t)integer(args, i + 1), length = (size_t)integer(args, i + 2);
  if (offset > all.length) offset = all.length;
  if (length > all.length - offset) length = all.length - offset;
  return (struct bytes){all.data + offset, length};
}

static napi_value number(napi_env env, int64_t value) {
  napi_value result;
  napi_create_int64(env, value, &result);
  return result;
}

static napi_value outcome(napi_env env, int64_t result) { return number(env, result < 0 ? -errno : result); }

/* A system call that is nothing but integers in and an integer out. */
#define CALL(name, expression)                                   \
  static napi_value name(napi_env env, napi_callback_info info) { \
    struct args args = arguments(env, info);                      \
    (void)args;                                                   \
    return outcome(env, expression);                              \
  }
#define INT(i) integer(&args, i)

/* ---- signals: the handler only notes that the signal came, as CPython's does ---- */

/* [0]: whether any came; [n]: how often signal n came. Memory of a JavaScript array, so reading it is no call. */
static volatile int32_t *pending;
enum { PENDING_WORDS = 65 };

/* Defined by the probe where it is loaded. */
__attribute__((weak)) void csdesign_probe_handled(int signum);

/* Gets a byte for each signal; -1 for none. Its pipe must not block, since a handler may not wait. */
static volatile int wakeup_fd = -1;

static void write_wakeup(int signum) {
  int saved = errno;
  char byte = (char)signum;
  if (write(wakeup_fd, &byte, 1) < 0) errno = 0; /* a full pipe wakes as well */
  errno = saved;
}

static void note_signal(int signum) {
  if (csdesign_probe_handled) csdesign_probe_handled(signum);
  __atomic_fetch_add(&pending[signum], 1, __ATOMIC_RELAXED);
  __atomic_store_n(&pending[0], 1, __ATOMIC_RELEASE);
  if (wakeup_fd >= 0) write_wakeup(signum);
}
CALL(SetWakeup, (wakeup_fd = INT(0), 0))

/* A signal that came since the caller last looked must not leave it blocked; what is left is the few
   instructions up to the system call, which only calls that take a signal mask can close. */
static bool interrupted(void) {
  if (!pending || !pending[0]) return false;
  errno = EINTR;
  return true;
}
#define BLOCKING(name, expression) CALL(name, interrupted() ? -1 : (expression))

static napi_value ShareSignals(napi_env env, napi_callback_info info) {
  struct args args = arguments(env, info);
  pending = (volatile int32_t *)bytes(&args, 0).data;
  return number(env, 0);
}

enum disposition { DEFAULT, IGNORE, HANDLE };

static int set_signal(int signum, enum disposition disposition) {
  struct sigaction action = {0};
  sigemptyset(&action.sa_mask);
  action.sa_handler = disposition == HANDLE ? note_signal : disposition == IGNORE ? SIG_IGN : SIG_DFL;
  if (sigaction(signum, &action, NULL) < 0) return -1;
  /* Node leaves a few signals blocked; who sets one wants to get it. */
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signum);
  return sigprocmask(SIG_UNBLOCK, &one, NULL);
}
CALL(Signal, set_signal(INT(0), (enum disposition)INT(1)))

static sigset_t set_of(int signum) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signum);
  return set;
}
CALL(BlockSignal, ({ sigset_t set = set_of(INT(0)); sigprocmask(SIG_BLOCK, &set, NULL); }))
CALL(SignalFd, ({ sigset_t set = set_of(INT(0)); signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK); }))

/* pause(2) without its race: signals wait while we look, and sigsuspend lets them in. */
static int pause_for_signal(void) {
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &before);
  int result = interrupted() ? -1 : sigsuspend(&before);
  int saved = errno;
  sigprocmask(SIG_SETMASK, &before, NULL);
  errno = saved;
  return result;
}
CALL(Pause, pause_for_signal())
CALL(Kill, kill(INT(0), INT(1)))

/* ---- processes ---- */

/* V8 maps its heap with MADV_DONTFORK, so a forked child would fault at its first step. Undone before every
   fork, since V8 maps more as it goes. madvise passes over holes (ENOMEM), but stops with EINVAL at the kernel's own
   pages, such as those of the vdso, which are nobody's heap; so what lies between them is advised, a range at a time.
   Source: madvise(2), vdso(7). */
enum { MOST_RANGES = 16 };
static struct range {
  uintptr_t from, to;
} ranges[MOST_RANGES];
static int range_count;

static bool inherit(uintptr_t from, uintptr_t to) {
  return madvise((void *)from, to - from, MADV_DOFORK) == 0 || errno == ENOMEM;
}

static bool inherit_ranges(void) {
  for (int i = 0; i < range_count; i++)
    if (!inherit(ranges[i].from, ranges[i].to)) return false;
  return range_count > 0;
}

/* Mapping by mapping, noting the ranges for the next time; none when they are too many. False with errno when /proc
   does not tell, or the kernel has another reason to refuse. */
static bool inherit_every_mapping(void) {
  FILE *maps = fopen("/proc/self/maps", "re");
  if (!maps) return false;
  int refused = 0;
  uintptr_t free_from = 0, from, to;
  range_count = 0;
  while (fscanf(maps, "%" SCNxPTR "-%" SCNxPTR "%*[^\n]", &from, &to) == 2) {
    if (inherit(from, to)) continue;
    if (errno != EINVAL) refused = errno;
    if (range_count < MOST_RANGES && free_from < from) ranges[range_count++] = (struct range){free_from, from};
    free_from = to;
  }
  fclose(maps);
  if (range_count < MOST_RANGES) ranges[range_count++] = (struct range){free_from, UINTPTR_MAX & -4096};
  else range_count = 0;
  errno = refused;
  return refused == 0;
}

/* What start-up left free in malloc's heap would be copied for every child, and sorted by each one's first malloc. */
static void trim_heap(void) {
  static bool trimmed;
  if (!trimmed) malloc_trim(0);
  trimmed = true;
}

/* What came for the parent is not for its child (fork(2), pending signals). Here and not in JavaScript, since a
   function that only children call would be compiled in each of them. */
static void forget_signals(void) {
  for (int i = 0; pending && i < PENDING_WORDS; i++) pending[i] = 0;
}

static pid_t fork_v8(void) {
  if (!inherit_ranges() && !inherit_every_mapping()) return -1;
  trim_heap();
  pid_t pid = fork();
  if (pid == 0) forget_signals();
  return pid;
}
CALL(Fork, fork_v8())
CALL(GetPid, getpid())
CALL(GetPpid, getppid())

static napi_value Exit(napi_env env, napi_callback_info info) {
  struct args args = arguments(env, info);
  _exit(INT(0));
}

/* waitpid(pid, status array, options) */
BLOCKING(WaitPid, waitpid(INT(0), (int *)(void *)bytes(&args, 1).data, INT(2)))

static int sleep_for(int milliseconds) {
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  return nanosleep(&time, NULL);
}
BLOCKING(Sleep, sleep_for(INT(0)))

/* ---- files and descriptors ---- */

BLOCKING(Read, ({ struct bytes b = slice(&args, 1); read(INT(0), b.data, b.length); }))
BLOCKING(Write, ({ struct bytes b = slice(&args, 1); write(INT(0), b.data, b.length); }))
CALL(Close, close(INT(0)))
CALL(Pipe, pipe2((int *)(void *)bytes(&args, 0).data, O_CLOEXEC))
BLOCKING(Flock, flock(INT(0), INT(1)))

static int open_path(const struct args *args) {
  char path[4096];
  size_t length;
  if (napi_get_value_string_utf8(args->env, args->value[0], path, sizeof path, &length) != napi_ok) {
    errno = EINVAL;
    return -1;
  }
  return open(path, integer(args, 1) | O_CLOEXEC, integer(args, 2));
}
CALL(Open, open_path(&args))

/* map(fd, length): the beginning of a file as memory that all who map it share; an ArrayBuffer. */
static napi_value Map(napi_env env, napi_callback_info info) {
  struct args args = arguments(env, info);
  size_t length = (size_t)INT(1);
  void *memory = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, INT(0), 0);
  if (memory == MAP_FAILED) return number(env, -errno);
  napi_value buffer;
  napi_create_external_arraybuffer(env, memory, length, NULL, NULL, &buffer);
  return buffer;
}

static int set_non_blocking(int fd, bool on) {
  int flags = fcntl(fd, F_GETFL);
  return flags < 0 ? -1 : fcntl(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
}
CALL(SetNonBlocking, set_non_blocking(INT(0), INT(1)))

/* ---- sockets ---- */

/* makeAddress(host, port, into): fills a sockaddr and returns its length. */
static int make_address(const struct args *args) {
  char host[INET6_ADDRSTRLEN + 1] = "";
  size_t length;
  napi_get_value_string_utf8(args->env, args->value[0], host, sizeof host, &length);
  in_port_t port = htons((uint16_t)integer(args, 1));
  struct bytes into = bytes(args, 2);
  struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = port};
  if (into.length >= sizeof v4 && inet_pton(AF_INET, host, &v4.sin_addr) == 1) {
    memcpy(into.data, &v4, sizeof v4);
    return sizeof v4;
  }
  struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = port};
  if (into.length >= sizeof v6 && inet_pton(AF_INET6, host, &v6.sin6_addr) == 1) {
    memcpy(into.data, &v6, sizeof v6);
    return sizeof v6;
  }
  errno = EINVAL;
  return -1;
}
CALL(MakeAddress, make_address(&args))

#define ADDRESS(i) (const struct sockaddr *)(const void *)bytes(&args, i).data, (socklen_t)bytes(&args, i).length
CALL(Socket, socket(INT(0), INT(1) | SOCK_CLOEXEC, INT(2)))
CALL(Bind, bind(INT(0), ADDRESS(1)))
CALL(Listen, listen(INT(0), INT(1)))
BLOCKING(Connect, connect(INT(0), ADDRESS(1)))
BLOCKING(Accept, accept(INT(0), NULL, NULL))
CALL(Shutdown, shutdown(INT(0), INT(1)))
CALL(SocketPair, socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, (int *)(void *)bytes(&args, 0).data))

static int set_option(int fd, int level, int option, int value) {
  return setsockopt(fd, level, option, &value, sizeof value);
}
CALL(SetOption, set_option(INT(0), INT(1), INT(2), INT(3)))

static int set_linger(int fd, int on, int seconds) {
  struct linger linger = {on, seconds};
  return setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}
CALL(SetLinger, set_linger(INT(0), INT(1), INT(2)))

/* The error that a connect in progress ended with, as a positive errno. */
static int socket_error(int fd) {
  int error = 0;
  socklen_t length = sizeof error;
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) < 0 ? -1 : error;
}
CALL(SocketError, socket_error(INT(0)))

/* getOption(fd, level, option, into): the length of what was written. */
static int get_option(int fd, int level, int option, struct bytes into) {
  socklen_t length = (socklen_t)into.length;
  return getsockopt(fd, level, option, into.data, &length) < 0 ? -1 : (int)length;
}
CALL(GetOption, get_option(INT(0), INT(1), INT(2), bytes(&args, 3)))

static int local_name(int fd, struct bytes into) {
  socklen_t length = (socklen_t)into.length;
  return getsockname(fd, (struct sockaddr *)(void *)into.data, &length) < 0 ? -1 : (int)length;
}
CALL(LocalName, local_name(INT(0), bytes(&args, 1)))

/* sendFile(socket, file, length), from where the file's offset stands. */
BLOCKING(SendFile, sendfile(INT(0), INT(1), NULL, (size_t)INT(2)))

union control {
  struct cmsghdr header;
  char space[CMSG_SPACE(sizeof(int))];
};

/* One byte goes along, since ancillary data needs some data to travel with (unix(7)). */
static ssize_t send_descriptor(int socket, int fd) {
  char byte = 0;
  struct iovec data = {&byte, 1};
  union control control = {0};
  struct msghdr message = {
      .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.space};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(header), &fd, sizeof fd);
  return sendmsg(socket, &message, MSG_NOSIGNAL);
}
BLOCKING(SendDescriptor, send_descriptor(INT(0), INT(1)))

/* The descriptor; -EPIPE when the other end is closed. */
static int receive_descriptor(int socket) {
  char byte;
  struct iovec data = {&byte, 1};
  union control control = {0};
  struct msghdr message = {
      .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.space};
  ssize_t n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (n < 0) return -1;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (n == 0 || !header || header->cmsg_type != SCM_RIGHTS) {
    errno = EPIPE;
    return -1;
  }
  int fd;
  memcpy(&fd, CMSG_DATA(header), sizeof fd);
  return fd;
}
BLOCKING(ReceiveDescriptor, receive_descriptor(INT(0)))

/* ---- threads ---- */

/* startThread(fd, 0 for bytes or 1 for echo, milliseconds of delay) */
CALL(StartThread, start_client_thread(INT(0), (enum thread_service)INT(1), INT(2)))

static napi_value NameThread(napi_env env, napi_callback_info info) {
  struct args args = arguments(env, info);
  char name[16] = "";
  size_t length;
  napi_get_value_string_utf8(env, args.value[0], name, sizeof name, &length);
  name_thread(name);
  return number(env, 0);
}
CALL(CreateMutex, create_mutex())
CALL(LockMutex, lock_mutex(INT(0)))
CALL(UnlockMutex, unlock_mutex(INT(0)))

/* ---- waiting for many ---- */

/* select(n, readers, writers, milliseconds, with fractions, or -1): the sets are the memory of Int32Arrays, changed in place. */
static int wait_select(const struct args *args) {
  struct bytes readers = bytes(args, 1), writers = bytes(args, 2);
  double milliseconds = real(args, 3);
  long microseconds = (long)(milliseconds * 1000);
  struct timeval time = {microseconds / 1000000, microseconds % 1000000};
  return select(integer(args, 0), (fd_set *)(void *)readers.data, (fd_set *)(void *)writers.data, NULL,
                milliseconds < 0 ? NULL : &time);
}
BLOCKING(Select, wait_select(&args))
/* As the kernel has it: what came before the call does not interrupt it. */
CALL(SelectUnguarded, wait_select(&args))

/* poll(array of pollfd, n, milliseconds or -1): the array is the memory of an Int32Array, changed in place. */
BLOCKING(Poll, poll((struct pollfd *)(void *)bytes(&args, 0).data, (nfds_t)INT(1), INT(2)))

/* ppoll(array, n, signum): no limit of time; that one signal is let in while it waits. */
static int wait_ppoll(const struct args *args) {
  sigset_t mask;
  sigprocmask(SIG_BLOCK, NULL, &mask);
  sigdelset(&mask, integer(args, 2));
  return ppoll((struct pollfd *)(void *)bytes(args, 0).data, (nfds_t)integer(args, 1), NULL, &mask);
}
CALL(Ppoll, wait_ppoll(&args))

CALL(EpollCreate, epoll_create1(EPOLL_CLOEXEC))

static int epoll_change(const struct args *args) {
  struct epoll_event event = {.events = (uint32_t)integer(args, 3), .data.u32 = (uint32_t)integer(args, 4)};
  return epoll_ctl(integer(args, 0), integer(args, 1), integer(args, 2), &event);
}
CALL(EpollControl, epoll_change(&args))

/* epollWait(fd, Int32Array of (events, data) pairs, milliseconds or -1) */
static int wait_epoll(const struct args *args) {
  struct epoll_event events[256];
  struct bytes into = bytes(args, 1);
  int most = (int)(into.length / 8);
  int n = epoll_wait(integer(args, 0), events, most > 256 ? 256 : most, integer(args, 2));
  int32_t *out = (int32_t *)(void *)into.data;
  for (int i = 0; i < n; i++) {
    out[2 * i] = (int32_t)events[i].events;
    out[2 * i + 1] = (int32_t)events[i].data.u32;
  }
  return n;
}
BLOCKING(EpollWait, wait_epoll(&args))

NAPI_MODULE_INIT() {
  static const struct {
    const char *name;
    napi_callback call;
  } calls[] = {
      {"accept", Accept},         {"bind", Bind},
      {"createMutex", CreateMutex}, {"lockMutex", LockMutex},
      {"unlockMutex", UnlockMutex}, {"nameThread", NameThread},
      {"startThread", StartThread},
      {"blockSignal", BlockSignal}, {"setWakeup", SetWakeup},
      {"signalFd", SignalFd},     {"selectUnguarded", SelectUnguarded},
      {"ppoll", Ppoll},           {"getOption", GetOption},
      {"localName", LocalName},   {"sendFile", SendFile},
      {"close", Close},           {"connect", Connect},
      {"epollControl", EpollControl}, {"epollCreate", EpollCreate},
      {"epollWait", EpollWait},   {"exit", Exit},
      {"flock", Flock},           {"fork", Fork},
      {"getpid", GetPid},         {"getppid", GetPpid},
      {"kill", Kill},             {"listen", Listen},
      {"makeAddress", MakeAddress},
      {"map", Map}, {"open", Open},
      {"pause", Pause},           {"poll", Poll},
                {"pipe", Pipe},
      {"read", Read},             {"receiveDescriptor", ReceiveDescriptor},
      {"select", Select},         {"sendDescriptor", SendDescriptor},
      {"setLinger", SetLinger},   {"setNonBlocking", SetNonBlocking},
      {"setOption", SetOption},   {"shareSignals", ShareSignals},
      {"shutdown", Shutdown},     {"signal", Signal},
      {"sleep", Sleep},           {"socket", Socket},
      {"socketError", SocketError}, {"socketPair", SocketPair},
      {"waitpid", WaitPid},       {"write", Write},
  };
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    napi_value call;
    napi_create_function(env, calls[i].name, NAPI_AUTO_LENGTH, calls[i].call, NULL, &call);
    napi_set_named_property(env, exports, calls[i].name, call);
  }
  return exports;
}
