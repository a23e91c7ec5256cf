#include "follow.h"
#include "ending.h"
#include "output.h"
#include "scan.h"
#include "tree.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static bool lost;

static void see_fork(const struct sample *s) {
  struct thread *by = thread_of(s->b);
  struct process *parent = by ? by->process : process_of(s->a);
  if (!parent || parent->ended) return;
  if (s->pid == s->a) {
    add_thread(parent, s->tid, s->time);
    return;
  }
  bool reaped = ignores_children(parent, now());
  struct process *child = process_of(s->pid);
  /* It may have been found in /proc before its fork was read. */
  if (!child || child->ended) child = add_process(s->pid, parent->pid, s->time);
  child->since = s->time;
  child->ignores_children = child->auto_reaped = reaped;
  struct thread *thread = add_thread(child, s->tid, s->time);
  thread->since = s->time;
  emit(FORKED, s->time, child->pid, (struct numbers){parent->pid, reaped, parent->forks++, 0});
  if (by) by->last_child = s->tid;
}

static void see_child_id(const struct sample *s) {
  struct thread *by = thread_of(s->tid), *child = by ? thread_of(by->last_child) : NULL;
  if (child) set_global(child, s->a);
}

static void see_exit(const struct sample *s) {
  struct thread *thread = thread_of(s->tid);
  if (!thread || thread->since > s->time) return;
  struct process *process = thread->process;
  remove_thread(thread);
  if (process->threads > 0) return;
  emit(ENDED, s->time, process->pid, (struct numbers){(int)process->end, process->end_number, 0, 0});
  process->ended = true;
  if (process->auto_reaped) remove_process(process);
}

/* All other threads end, and the one that called has the pid as its tid from now on. Source: execve(2). */
static void see_exec(const struct sample *s) {
  struct process *process = process_of(s->pid);
  if (!process || process->ended) return;
  add_thread(process, s->pid, s->time);
  remove_other_threads(process, s->pid);
  process->end = NOT_SEEN;
  emit(EXECED, s->time, s->pid, (struct numbers){0});
}

static void see_accept(const struct sample *s) {
  struct thread *thread = thread_of(s->tid);
  struct process *process = process_of(s->pid);
  if (!thread && lost && process && !process->ended) thread = add_thread(process, s->tid, s->time);
  if (thread && (s->a >= 0 || s->a == -EAGAIN)) count_accept(thread, s->a < 0);
}

/* wait4 returns for stopped children, too, and in another pid namespace its result is no pid of ours. */
static void see_wait(const struct sample *s) {
  struct process *child = process_of(s->a);
  if (!child || !child->ended) return;
  const struct process *parent = process_of(child->parent);
  if (child->parent != s->pid && parent && !parent->ended) return;
  emit(REAPED, s->time, child->pid, (struct numbers){s->pid, (int)child->end, child->end_number, 0});
  remove_process(child);
}

/* Sent by a process: kill and the like, not by the kernel, as for a child's end or a timer. Source: sigaction(2). */
static bool is_sent(const struct sample *s) {
  bool by_user = s->b == SI_USER || s->b == SI_QUEUE || s->b == SI_TKILL;
  return by_user && s->a != SIGPIPE;
}

static void see_generated(const struct sample *s) {
  struct thread *to = thread_of_global(s->c);
  /* A sender may have set its last thread's end before this was taken: its process is known longer. */
  bool is_ours = to || process_of(s->pid);
  if (to) note_generated(to->process, s->a, s->d);
  if (!is_ours || !is_sent(s)) return;
  const struct process *zombie = in_first_namespace() ? process_of(s->c) : NULL;
  int receiver = to ? to->process->pid : zombie ? zombie->pid : in_first_namespace() ? s->c : 0;
  emit_signal(SENT, s->time, s->pid, (struct numbers){receiver, s->a, s->d, 1});
}

static void see_delivered(const struct sample *s) {
  struct thread *thread = thread_of(s->tid);
  if (!thread) return;
  note_delivered(thread->process, s->a, s->b);
  if (s->b == 2) emit_signal(HANDLED, s->time, thread->process->pid, (struct numbers){s->a, 1, 0, 0});
}

static void see_exit_group(const struct sample *s) {
  struct thread *thread = thread_of(s->tid);
  if (thread) note_exit_group(thread->process, s->a);
}

static void take(const struct sample *s) {
  switch (s->kind) {
    case SAMPLE_LOST:
      lost = true;
      emit(LOST, s->time, 0, (struct numbers){.a = s->a});
      return;
    case SAMPLE_FORK: see_fork(s); return;
    case SAMPLE_CHILD_ID: see_child_id(s); return;
    case SAMPLE_EXEC: see_exec(s); return;
    case SAMPLE_ACCEPT: see_accept(s); return;
    case SAMPLE_WAITED: see_wait(s); return;
    case SAMPLE_EXIT_GROUP: see_exit_group(s); return;
    case SAMPLE_GENERATED: see_generated(s); return;
    case SAMPLE_DELIVERED: see_delivered(s); return;
    case SAMPLE_ESTABLISHED: emit(ESTABLISHED, s->time, 0, (struct numbers){s->a, s->b, 0, 0}); return;
    case SAMPLE_EXIT: see_exit(s); return;
  }
}

static int by_time(const void *left, const void *right) {
  const struct sample *a = left, *b = right;
  if (a->time != b->time) return a->time < b->time ? -1 : 1;
  if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
  return a->order < b->order ? -1 : 1;
}

unsigned follow(struct sample *samples, unsigned count, uint64_t until) {
  unsigned taken = 0;
  lost = false;
  if (count > 0) qsort(samples, count, sizeof *samples, by_time);
  while (taken < count && samples[taken].time < until) take(&samples[taken++]);
  if (taken > 0) memmove(samples, samples + taken, (count - taken) * sizeof *samples);
  if (lost) scan_again();
  return count - taken;
}
