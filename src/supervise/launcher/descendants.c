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

/* What each pid was sent. */
enum { ASKED = 1, STOPPED = 2, KILLED = 4 };
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

static bool read_stat(int process, pid_t *parent, char *state)
{
  char text[512] = "";
  int threads, file = openat(process, "stat", O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  /* The name may hold anything, brackets too, but nothing after it does. */
  char *rest = length > 0 ? strrchr(text, ')') : NULL;
  const char *fields = ") %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %d";
  if (!rest || sscanf(rest, fields, state, parent, &threads) != 3) return false;
  if (*state == 'Z' && threads > 1) *state = 'S'; /* only the first thread has ended */
  return true;
}

#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424 /* headers older than the kernel that may run us */
#endif

/* An open /proc/PID stands for that very process, never for a later one with its pid, and takes signals (Linux 5.1). */
static void send_signal(int process, pid_t pid, int signal)
{
  if (syscall(SYS_pidfd_send_signal, process, signal, NULL, 0) < 0 && errno == ENOSYS) kill(pid, signal);
}

/* What the mark says is done to a process only once. Returns whether this is the first time. */
static bool mark(pid_t pid, unsigned char what)
{
  bool news = !(sent_to[pid] & what);
  sent_to[pid] |= what;
  return news;
}

/* Sends the signal to one process. Returns whether something changed, so that another look is needed. */
static bool visit(struct kin kin, int signal, unsigned char what)
{
  char path[32], state;
  snprintf(path, sizeof path, "/proc/%d", kin.pid);
  int process = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (process < 0) return true;
  pid_t parent;
  bool news = true;
  /* One whose parent has just ended is ours directly; any other pid belongs to a stranger by now. */
  if (read_stat(process, &parent, &state) && (parent == kin.parent || parent == getpid())) {
    if (what != KILLED) add_children(process, kin.pid); /* those to be killed were stopped, so all are known */
    news = mark(kin.pid, what);
    if (what == KILLED && news && state != 'Z') killed++;
    if (what == ASKED && news && state == 'T') send_signal(process, kin.pid, SIGCONT);
    if (what == KILLED || news) send_signal(process, kin.pid, signal);
  }
  close(process);
  return news;
}

static void find_children(void)
{
  found_count = 0;
  int process = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (process < 0) return;
  add_children(process, getpid());
  close(process);
}

/* The list may grow on the way. */
static bool visit_found(int signal, unsigned char what)
{
  bool news = false;
  for (size_t i = 0; i < found_count; i++) news |= visit(found[i], signal, what);
  return news;
}

void ask_first(int signal)
{
  find_children();
  for (size_t i = 0, count = found_count; i < count; i++) visit(found[i], signal, ASKED);
}

void ask_all(int signal)
{
  find_children();
  visit_found(signal, ASKED);
}

bool waits_for_asked(void)
{
  find_children();
  for (size_t i = 0; i < found_count; i++)
    if (sent_to[found[i].pid] & ASKED) return true;
  return false;
}

bool freeze_all(void)
{
  find_children();
  return visit_found(SIGSTOP, STOPPED);
}

void kill_found(void) { visit_found(SIGKILL, KILLED); }

pid_t find_heir(void)
{
  find_children();
  size_t children = found_count;
  for (size_t i = 0; i < children; i++) {
    char path[32];
    snprintf(path, sizeof path, "/proc/%d", found[i].pid);
    int process = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (process < 0) continue;
    add_children(process, found[i].pid);
    close(process);
    if (found_count > children) return found[i].pid;
  }
  return children > 0 ? found[0].pid : 0;
}

size_t descendants_found(void) { return found_count; }

pid_t descendant_found(size_t index) { return index < found_count ? found[index].pid : 0; }

int descendants_killed(void) { return killed; }
