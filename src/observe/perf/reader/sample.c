#include "sample.h"
#include "tracepoint.h"
#include <string.h>

/* Bodies of the records as perf_event_open(2) has them, for sample_type TID | TIME and perhaps RAW. */
struct tail {
  uint32_t pid, tid;
  uint64_t time;
};

struct task_body {
  uint32_t pid, parent, tid, parent_tid;
  uint64_t time;
};

static const char *body_of(const struct perf_event_header *record) { return (const char *)record + sizeof *record; }

/* What ends every record but a sample. */
static struct tail tail_of(const struct perf_event_header *record) {
  struct tail tail = {0};
  if (record->size >= sizeof *record + sizeof tail)
    memcpy(&tail, (const char *)record + record->size - sizeof tail, sizeof tail);
  return tail;
}

static bool decode_task(const struct perf_event_header *record, struct sample *sample) {
  struct task_body body;
  if (record->size < sizeof *record + sizeof body) return false;
  memcpy(&body, body_of(record), sizeof body);
  sample->kind = record->type == PERF_RECORD_FORK ? SAMPLE_FORK : SAMPLE_EXIT;
  sample->time = body.time;
  sample->pid = (int)body.pid, sample->tid = (int)body.tid;
  sample->a = (int)body.parent, sample->b = (int)body.parent_tid;
  return true;
}

static bool decode_raw(const struct tracepoint *point, const char *raw, unsigned size, struct sample *sample) {
  int values[MOST_FIELDS] = {0};
  for (int i = 0; i < MOST_FIELDS && point->fields[i]; i++) values[i] = (int)field_of(point, i, raw, size);
  sample->a = values[0], sample->b = values[1], sample->c = values[2], sample->d = values[3];
  switch ((enum point)(point - tracepoints)) {
    case ACCEPT4:
    case ACCEPT:
    case RAW_SYSCALL: sample->kind = SAMPLE_ACCEPT; return true;
    case WAIT4: sample->kind = SAMPLE_WAITED; return true;
    case EXIT_GROUP: sample->kind = SAMPLE_EXIT_GROUP; return true;
    case GENERATE: sample->kind = SAMPLE_GENERATED; return true;
    case DELIVER: {
      int64_t handler = field_of(point, 1, raw, size); /* SIG_DFL and SIG_IGN are 0 and 1 */
      sample->kind = SAMPLE_DELIVERED;
      sample->b = handler == 0 ? 0 : handler == 1 ? 1 : 2;
      return true;
    }
    case FORK: sample->kind = SAMPLE_CHILD_ID; return true;
    case SET_STATE: sample->kind = SAMPLE_ESTABLISHED; return true;
    case POINTS: return false;
  }
  return false;
}

static bool decode_point(const struct perf_event_header *record, struct sample *sample) {
  struct tail who;
  const char *at = body_of(record), *end = (const char *)record + record->size;
  if (end - at < (long)sizeof who) return false;
  memcpy(&who, at, sizeof who);
  at += sizeof who;
  sample->time = who.time, sample->pid = (int)who.pid, sample->tid = (int)who.tid;
  /* Without raw data only successful accepts are asked for. */
  sample->kind = SAMPLE_ACCEPT;
  if (at == end) return true;
  uint32_t size; /* of the raw data, which begin with the tracepoint's id, common_type */
  uint16_t id;
  if (end - at < (long)(sizeof size + sizeof id)) return false;
  memcpy(&size, at, sizeof size);
  at += sizeof size;
  if (size < sizeof id || size > (size_t)(end - at)) return false;
  memcpy(&id, at, sizeof id);
  const struct tracepoint *point = tracepoint_of(id);
  return point && decode_raw(point, at, size, sample);
}

bool decode_sample(const struct perf_event_header *record, struct sample *sample) {
  *sample = (struct sample){0};
  struct tail tail = tail_of(record);
  switch (record->type) {
    case PERF_RECORD_FORK:
    case PERF_RECORD_EXIT: return decode_task(record, sample);
    case PERF_RECORD_SAMPLE: return decode_point(record, sample);
    case PERF_RECORD_COMM:
      if (!(record->misc & PERF_RECORD_MISC_COMM_EXEC)) return false;
      *sample = (struct sample){
          .kind = SAMPLE_EXEC, .time = tail.time, .pid = (int)tail.pid, .tid = (int)tail.tid};
      return true;
    case PERF_RECORD_LOST: {
      uint64_t lost; /* after the event's id */
      if (record->size < sizeof *record + 16) return false;
      memcpy(&lost, body_of(record) + 8, sizeof lost);
      *sample = (struct sample){.kind = SAMPLE_LOST, .time = tail.time, .a = lost > INT32_MAX ? INT32_MAX : (int)lost};
      return true;
    }
    default: return false;
  }
}
