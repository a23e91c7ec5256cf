/*
 * How a function of JavaScript's comes to be a system call. CALL defines it and puts it into the addon, all in one
 * place; addon.c exports whatever was defined so. A call returns its result, or the negated errno; the TypeScript
 * beside it makes an error of that and decides what happens after a signal. What cannot be an argument of the call
 * throws a TypeError or a RangeError, and the call is not made.
 */
#ifndef CALL_H
#define CALL_H
#define NAPI_VERSION 8
#include <errno.h>
#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The memory behind a typed array; NULL and 0 for null. The array lives as long as the call. */
struct bytes {
  uint8_t *data;
  size_t length;
};

enum { MAX_ARGS = 5 };

struct args {
  napi_env env;
  bool refused; /* an exception is pending */
  napi_value given[MAX_ARGS];
  union {
    int integer;
    double real;
    size_t size;
    struct bytes bytes;
  } value[MAX_ARGS];
};

/*
 * Reads the arguments, one letter of `kinds` for each. Returns false when one is not of its kind: then it threw.
 *
 *   i  integer of 32 bits           d  number            z  size: an integer from 0
 *   b  typed array                  w  Int32Array        W  Int32Array, or null
 *   s  string, for `text` to read
 *   r  an offset and a length: what they leave of the typed array before them
 */
bool read_args(struct args *args, napi_env env, napi_callback_info info, const char *kinds);

/* Throws a RangeError; returns -1. */
int refuse(struct args *args, const char *why);

/* Whether the typed array has at least so many bytes; if not, it threw. */
bool has_room(struct args *args, size_t i, size_t length);

/* Copies the string argument, which must fit. Returns its length; or -1, when it threw. */
int text(struct args *args, size_t i, char *into, size_t size);

/* The result as a number; for a negative one, the negated errno. */
napi_value outcome(napi_env env, int64_t result);

struct call {
  const char *name;
  napi_callback function;
};

/* Collected by the linker between two symbols of its own. Source: ld(1), "Input Section Example", __start_SECNAME. */
#define REGISTER(name)                                                                                     \
  static const struct call registered_##name                                                               \
      __attribute__((used, section("posix_calls"), aligned(sizeof(void *)))) = {#name, call_##name};

#define CALL(name, kinds, expression)                                       \
  static napi_value call_##name(napi_env env, napi_callback_info info) {    \
    struct args args;                                                       \
    if (!read_args(&args, env, info, kinds)) return NULL;                   \
    int64_t result = (expression);                                          \
    return args.refused ? NULL : outcome(env, result);                      \
  }                                                                         \
  REGISTER(name)

/* A call that may wait: a signal that came since JavaScript last looked interrupts it at once. */
#define BLOCKING(name, kinds, expression) CALL(name, kinds, interrupted() ? -1 : (expression))

/* signals.c: whether a signal came that JavaScript has not seen yet; then errno is EINTR. */
bool interrupted(void);

#define INT(i) args.value[i].integer
#define SIZE(i) args.value[i].size
#define BYTES(i) args.value[i].bytes
#define WORDS(i) ((int *)(void *)args.value[i].bytes.data)
#endif
