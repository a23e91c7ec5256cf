#define _GNU_SOURCE
#include "descendants.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct kin { pid_t pid, parent; };
static struct kin *found;
static size_t found_count, found_room;

/* What each pid was sent in the last, forceful phase. */
enum { STOPPED = 1, KILLED = 2 };
static unsigned char sent_to[1 << 22];
static int killed;

static void add_kin(pid_t pid, pid_t parent)
{
  if (found_count == found_room) {
    struct kin *more = realloc(found, (2 * found_room + 64) * sizeof *found);
    if (!more) return;
    found = more;
    found_room = 2 * found_room + 64;
  }
  found[found_count++] = (struct kin){pid, parent};
}

static void add_children_of_thread(int tasks, const char *thread, pid_t pid)
{
  char path[NAME_MAX + sizeof "/children"];
  snprintf(path, sizeof path, "%s/children", thread);
  int file = openat(tasks, path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  char text[4096];
  pid_t child = 0;
  for (ssize_t length; (length = read(file, text, sizeof text)) > 0;)
    for (ssize_t i = 0; i < length; i++) /* each pid is followed by a space */
      if (text[i] != ' ')
        child = child * 10 + (text[i] - '0');
      else
        add_kin(child, pid), child = 0;
  close(file);
}

/* A child belongs to the thread that forked it, so every thread is asked. */
static void add_children(int process, pid_t pid)
{
  int tasks = openat(process, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *list = tasks < 0 ? NULL : fdopendir(tasks);
  if (!list) {
    if (tasks >= 0) close(tasks);
    return;
  }
  for (struct dirent *thread; (thread = readdir(list));)
    if (thread->d_name[0] != '.') add_children_of_thread(tasks, thread->d_name, pid);
  closedir(list);
}

static bool read_stat(int process, pid_t *parent, bool *dead)
{
  char text[512] = "", state;
  int threads, file = openat(process, "stat", O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  /* The name may hold anything, brackets too, but nothing after it does. */
  char *rest = length > 0 ? strrchr(text, ')') : NULL;
  const char *fields = ") %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %d";
  if (!rest || sscanf(rest, fields, &state, parent, &threads) != 3) return false;
  *dead = state == 'Z' && threads == 1; /* with more threads, only the first one has ended */
  return true;
}

#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424 /* headers older than the kernel that may run us */
#endif

/* An open /proc/PID stands for that very process, never for a later one with its pid, and takes signals (Linux 5.1). */
static void send_signal(int process, pid_t pid, int signal)
{
  if (syscall(SYS_pidfd_send_signal, process, signal, NULL, 0) < 0 && errno != ESRCH) kill(pid, signal);
}

/* Sends the signal to one process. Returns whether something changed, so that another look is needed. */
static bool visit(struct kin kin, int signal)
{
  char path[32];
  snprintf(path, sizeof path, "/proc/%d", kin.pid);
  int process = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (process < 0) return true;
  pid_t parent;
  bool dead, news = true;
  /* One whose parent has just ended is ours directly; any other pid belongs to a stranger by now. */
  if (read_stat(process, &parent, &dead) && (parent == kin.parent || parent == getpid())) {
    if (signal != SIGKILL) add_children(process, kin.pid); /* those to be killed were stopped, so all are known */
    unsigned char mark = signal == SIGSTOP ? STOPPED : signal == SIGKILL ? KILLED : 0;
    news = !(sent_to[kin.pid] & mark);
    sent_to[kin.pid] |= mark;
    if (signal == SIGKILL && news && !dead) killed++;
    if (signal != SIGSTOP || news) send_signal(process, kin.pid, signal);
    if (signal == SIGTERM) send_signal(process, kin.pid, SIGCONT);
  }
  close(process);
  return news;
}

bool signal_found(int signal)
{
  bool news = false;
  for (size_t i = 0; i < found_count; i++) news |= visit(found[i], signal); /* which may find more */
  return news;
}

bool signal_all(int signal)
{
  found_count = 0;
  int self = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  add_children(self, getpid());
  close(self);
  return signal_found(signal);
}

size_t descendants_found(void) { return found_count; }

int descendants_killed(void) { return killed; }
