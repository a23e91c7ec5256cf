/* The processes that are watched, and their threads. */
#ifndef TREE_H
#define TREE_H
#include <stdbool.h>
#include <stdint.h>

enum end { NOT_SEEN = 0, BY_EXIT = 1, BY_SIGNAL = 2 };

struct process {
  int pid, parent;
  unsigned threads; /* alive */
  int forks;        /* children so far */
  uint64_t since;   /* what happened to this pid before was another process's, or is not known */
  uint64_t pending; /* signals that were generated and whose handler has not run: bit n - 1 is signal n */
  enum end end;
  int end_number; /* exit code or signal */
  bool ended;
  bool ignores_children; /* it ignores SIGCHLD, as far as /proc told */
  uint64_t looked_at;    /* when /proc was asked for that */
  bool auto_reaped;      /* its parent ignored SIGCHLD when it was forked */
};

struct thread {
  int tid;
  int global; /* its tid in the kernel's first pid namespace, or 0 while that is not known */
  struct process *process;
  uint64_t since;
  int accepts, empty; /* since they were told last */
  int last_child;     /* the tid that it forked last */
  bool is_listed;     /* among those that have something to tell */
};

struct process *process_of(int pid);
struct thread *thread_of(int tid);

/* The thread with that tid in the kernel's first pid namespace, or NULL. */
struct thread *thread_of_global(int global);
void set_global(struct thread *thread, int global);

/* Whether tids in this namespace are those of the kernel's first one. */
bool in_first_namespace(void);

/* Adds a process without threads; whatever was known under that pid is forgotten. */
struct process *add_process(int pid, int parent, uint64_t since);
void remove_process(struct process *process);

struct thread *add_thread(struct process *process, int tid, uint64_t since);
/* Tells what the thread counted, and forgets it. */
void remove_thread(struct thread *thread);
/* Removes all threads of the process but the one. */
void remove_other_threads(struct process *process, int tid);

void count_accept(struct thread *thread, bool is_empty);
/* Tells what threads counted since the last time. */
void tell_accepts(uint64_t time);

/* Calls `visit` for every process that has not ended, and may remove processes. */
void for_each_living(void (*visit)(struct process *));

#endif
