/* How processes end, concluded from signals and exit_group: the kernel tells nobody but the parent. */
#ifndef ENDING_H
#define ENDING_H
#include "tree.h"

/* What became of a signal that was generated. Source: include/trace/events/signal.h, TRACE_SIGNAL_*. */
enum signal_result { DELIVERED_TO = 0, IGNORED = 1, ALREADY_PENDING = 2, OVERFLOW_FAIL = 3, LOST_INFO = 4 };

void note_generated(struct process *process, int signal, int result);

/* `action`: 0 the default one, 1 ignored, 2 a handler runs. */
void note_delivered(struct process *process, int signal, int action);

void note_exit_group(struct process *process, int code);

#endif
