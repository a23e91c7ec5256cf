#define _GNU_SOURCE
#include "scan.h"
#include "map.h"
#include "output.h"
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#define LOOK_INTERVAL 100000000u /* nanoseconds */

/* Pids still to be scanned, each with its parent. */
struct queue {
  struct {
    int pid, parent;
  } *items;
  size_t count, room;
};

static void push(struct queue *queue, int pid, int parent) {
  if (queue->count == queue->room) {
    queue->room = queue->room ? queue->room * 2 : 64;
    queue->items = realloc(queue->items, queue->room * sizeof *queue->items);
    if (!queue->items) exit(1);
  }
  queue->items[queue->count].pid = pid;
  queue->items[queue->count++].parent = parent;
}

/* The parent of a process that is alive, from /proc/PID/stat, where the name before may hold anything; else -1. */
static int living_parent(int pid) {
  char path[64], text[512] = "", state;
  int parent, threads;
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  FILE *file = fopen(path, "re");
  if (!file) return -1;
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  while (length > 0 && text[length - 1] != ')') length--;
  const char *format = " %c %d %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %d";
  if (length == 0 || sscanf(text + length, format, &state, &parent, &threads) != 3) return -1;
  /* A first thread that ended before the others is a zombie, too. */
  return state == 'Z' && threads <= 1 ? -1 : parent;
}

static bool is_known(int pid) {
  struct process *process = process_of(pid);
  return process && !process->ended;
}

/* One look at the threads; returns how many were new, or minus an errno. */
static int scan_threads(struct process *process, int (*open)(int tid)) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task", process->pid);
  DIR *folder = opendir(path);
  if (!folder) return -ESRCH;
  int found = 0;
  for (struct dirent *entry; found >= 0 && (entry = readdir(folder));) {
    int tid = atoi(entry->d_name);
    struct thread *known = thread_of(tid);
    if (tid <= 0 || (known && known->process == process)) continue;
    int error = open ? open(tid) : 0;
    if (error == ESRCH) continue;
    if (!error) add_thread(process, tid, now());
    found = error ? -error : found + 1;
  }
  closedir(folder);
  return found;
}

/* Children that are known already are looked at on their own, if at all. */
static void push_children(struct queue *queue, int pid, int tid) {
  char path[64];
  int child;
  snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, tid);
  FILE *file = fopen(path, "re");
  while (file && fscanf(file, "%d", &child) == 1)
    if (!is_known(child)) push(queue, child, pid);
  if (file) fclose(file);
}

static void push_all_children(struct queue *queue, int pid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *folder = opendir(path);
  for (struct dirent *entry; folder && (entry = readdir(folder));)
    if (atoi(entry->d_name) > 0) push_children(queue, pid, atoi(entry->d_name));
  if (folder) closedir(folder);
}

static int scan_one(int pid, int parent, struct queue *queue, int (*open)(int tid)) {
  if (living_parent(pid) < 0) return ESRCH;
  struct process *process = process_of(pid);
  if (!is_known(pid)) {
    process = add_process(pid, parent, now());
    emit(FOUND, now(), pid, (struct numbers){.a = parent});
  }
  int found;
  do found = scan_threads(process, open);
  while (found > 0 && open);
  push_all_children(queue, pid);
  if (process->threads == 0) remove_process(process);
  return found < 0 ? -found : 0;
}

int scan(int pid, int (*open)(int tid)) {
  struct queue queue = {0};
  int error = scan_one(pid, living_parent(pid), &queue, open);
  for (size_t i = 0; i < queue.count && !error; i++) {
    int pid_below = queue.items[i].pid;
    if (is_known(pid_below)) continue;
    error = scan_one(pid_below, queue.items[i].parent, &queue, open);
    if (error == ESRCH) error = 0;
  }
  free(queue.items);
  return error;
}

/* The ends of threads may have been lost, so they are looked for anew. */
static void check(struct process *process) {
  int pid = process->pid;
  remove_other_threads(process, 0);
  if (living_parent(pid) >= 0) {
    scan(pid, NULL);
    return;
  }
  emit(ENDED, now(), pid, (struct numbers){.a = NOT_SEEN});
  remove_process(process);
}

void scan_again(void) { for_each_living(check); }

bool ignores_children(struct process *process, uint64_t time) {
  if (process->looked_at && time - process->looked_at < LOOK_INTERVAL) return process->ignores_children;
  process->looked_at = time;
  char path[64], line[256];
  unsigned long long mask;
  snprintf(path, sizeof path, "/proc/%d/status", process->pid);
  FILE *file = fopen(path, "re");
  while (file && fgets(line, sizeof line, file))
    if (sscanf(line, "SigIgn: %llx", &mask) == 1) process->ignores_children = mask >> (SIGCHLD - 1) & 1;
  if (file) fclose(file);
  return process->ignores_children;
}
