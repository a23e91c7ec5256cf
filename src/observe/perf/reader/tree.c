#define _GNU_SOURCE
#include "tree.h"
#include "map.h"
#include "output.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct map processes, threads, globals;

/* Threads that have something to tell. */
static struct thread **listed;
static unsigned listed_count, listed_room;

struct process *process_of(int pid) { return map_get(&processes, pid); }

struct thread *thread_of(int tid) { return map_get(&threads, tid); }

struct thread *thread_of_global(int global) {
  return in_first_namespace() ? thread_of(global) : map_get(&globals, global);
}

void set_global(struct thread *thread, int global) {
  if (in_first_namespace() || thread->global == global) return;
  thread->global = global;
  map_set(&globals, global, thread);
}

/* Its inode is fixed: PROC_PID_INIT_INO in the kernel's include/linux/proc_ns.h. */
bool in_first_namespace(void) {
  static int known = -1;
  if (known < 0) {
    char target[64] = "";
    ssize_t length = readlink("/proc/self/ns/pid", target, sizeof target - 1);
    known = length <= 0 || strcmp(target, "pid:[4026531836]") == 0;
  }
  return known;
}

struct process *add_process(int pid, int parent, uint64_t since) {
  struct process *process = process_of(pid);
  if (process) remove_process(process);
  process = allocate(sizeof *process);
  *process = (struct process){.pid = pid, .parent = parent, .since = since};
  map_set(&processes, pid, process);
  return process;
}

void remove_process(struct process *process) {
  if (process->threads > 0) remove_other_threads(process, 0);
  if (process_of(process->pid) == process) map_remove(&processes, process->pid);
  free(process);
}

struct thread *add_thread(struct process *process, int tid, uint64_t since) {
  struct thread *thread = thread_of(tid);
  if (thread && thread->process == process) return thread;
  if (thread) remove_thread(thread);
  thread = allocate(sizeof *thread);
  *thread = (struct thread){.tid = tid, .process = process, .since = since};
  map_set(&threads, tid, thread);
  process->threads++;
  return thread;
}

static void tell(struct thread *thread, uint64_t time) {
  if (thread->accepts || thread->empty)
    emit(ACCEPTS, time, thread->process->pid, (struct numbers){thread->tid, thread->accepts, thread->empty, 0});
  thread->accepts = thread->empty = 0;
}

void remove_thread(struct thread *thread) {
  tell(thread, now());
  for (unsigned i = 0; thread->is_listed && i < listed_count; i++)
    if (listed[i] == thread) {
      listed[i] = listed[--listed_count];
      break;
    }
  if (map_get(&threads, thread->tid) == thread) map_remove(&threads, thread->tid);
  if (thread->global && map_get(&globals, thread->global) == thread) map_remove(&globals, thread->global);
  thread->process->threads--;
  free(thread);
}

void remove_other_threads(struct process *process, int tid) {
  struct thread *kept = thread_of(tid);
  if (process->threads == 1 && kept && kept->process == process) return;
  /* Removing moves entries, so the search begins anew; it is rare that a program with threads calls exec. */
  for (size_t i = 0; i < threads.size && process->threads > 0; i++) {
    struct thread *thread = threads.entries[i].key ? threads.entries[i].value : NULL;
    if (!thread || thread->process != process || thread->tid == tid) continue;
    remove_thread(thread);
    i = (size_t)-1;
  }
}

void count_accept(struct thread *thread, bool is_empty) {
  if (is_empty) thread->empty++;
  else thread->accepts++;
  if (thread->is_listed) return;
  if (listed_count == listed_room) {
    listed_room = listed_room ? listed_room * 2 : 64;
    listed = realloc(listed, listed_room * sizeof(struct thread *));
    if (!listed) _exit(1);
  }
  thread->is_listed = true;
  listed[listed_count++] = thread;
}

void tell_accepts(uint64_t time) {
  for (unsigned i = 0; i < listed_count; i++) {
    listed[i]->is_listed = false;
    tell(listed[i], time);
  }
  listed_count = 0;
}

void for_each_living(void (*visit)(struct process *)) {
  unsigned count = 0;
  int *pids = allocate((processes.used + 1) * sizeof *pids);
  for (size_t i = 0; i < processes.size; i++)
    if (processes.entries[i].key) pids[count++] = processes.entries[i].key;
  for (unsigned i = 0; i < count; i++) {
    struct process *process = process_of(pids[i]);
    if (process && !process->ended) visit(process);
  }
  free(pids);
}
