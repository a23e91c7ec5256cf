/* Arguments and results of the addon's calls. */
#include "call.h"
#include <stdio.h>
#include <string.h>

/* The largest integer that a number of JavaScript's holds exactly. */
#define MAX_SAFE_INTEGER 9007199254740991.0

static bool refuse_type(struct args *args, size_t i, const char *what) {
  char message[96];
  snprintf(message, sizeof message, "argument %zu must be %s", i + 1, what);
  args->refused = true;
  napi_throw_type_error(args->env, "ERR_INVALID_ARG_TYPE", message);
  return false;
}

static bool refuse_range(struct args *args, size_t i, const char *what) {
  char message[96];
  snprintf(message, sizeof message, "argument %zu must be %s", i + 1, what);
  refuse(args, message);
  return false;
}

int refuse(struct args *args, const char *why) {
  args->refused = true;
  napi_throw_range_error(args->env, "ERR_OUT_OF_RANGE", why);
  return -1;
}

static bool read_real(struct args *args, size_t i, double *into) {
  return napi_get_value_double(args->env, args->given[i], into) == napi_ok || refuse_type(args, i, "a number");
}

static bool read_integer(struct args *args, size_t i, int *into) {
  double value;
  if (!read_real(args, i, &value)) return false;
  if (!(value >= INT32_MIN && value <= INT32_MAX)) return refuse_range(args, i, "an integer of 32 bits");
  *into = (int)value;
  return *into == value || refuse_range(args, i, "an integer of 32 bits");
}

static bool read_size(struct args *args, size_t i, size_t *into) {
  double value;
  if (!read_real(args, i, &value)) return false;
  if (!(value >= 0 && value <= MAX_SAFE_INTEGER)) return refuse_range(args, i, "an integer from 0");
  *into = (size_t)value;
  return (double)*into == value || refuse_range(args, i, "an integer from 0");
}

/* The bytes of an element, as napi_typedarray_type counts them; 0 for those that no call takes. */
static size_t width(napi_typedarray_type type) {
  switch (type) {
    case napi_int8_array:
    case napi_uint8_array:
    case napi_uint8_clamped_array:
      return 1;
    case napi_int32_array:
    case napi_uint32_array:
      return 4;
    default:
      return 0;
  }
}

static bool read_bytes(struct args *args, size_t i, bool words, struct bytes *into) {
  const char *what = words ? "an Int32Array" : "a typed array of bytes or of 32-bit integers";
  void *data = NULL;
  size_t length = 0;
  napi_typedarray_type type;
  napi_status status =
      napi_get_typedarray_info(args->env, args->given[i], &type, &length, &data, NULL, NULL);
  if (status != napi_ok || width(type) == 0 || (words && type != napi_int32_array))
    return refuse_type(args, i, what);
  *into = (struct bytes){data, length * width(type)};
  return true;
}

static bool is_null(const struct args *args, size_t i) {
  napi_valuetype type;
  return napi_typeof(args->env, args->given[i], &type) == napi_ok && type == napi_null;
}

/* As Node's own functions have it: a range that leads beyond the end is cut there. */
static bool narrow(struct args *args, size_t i, struct bytes *bytes) {
  size_t offset, length;
  if (!read_size(args, i, &offset) || !read_size(args, i + 1, &length)) return false;
  if (offset > bytes->length) offset = bytes->length;
  if (length > bytes->length - offset) length = bytes->length - offset;
  if (bytes->data) bytes->data += offset;
  bytes->length = length;
  return true;
}

static bool read_argument(struct args *args, size_t i, char kind) {
  switch (kind) {
    case 'i':
      return read_integer(args, i, &args->value[i].integer);
    case 'd':
      return read_real(args, i, &args->value[i].real);
    case 'z':
      return read_size(args, i, &args->value[i].size);
    case 'W':
      args->value[i].bytes = (struct bytes){0};
      return is_null(args, i) || read_bytes(args, i, true, &args->value[i].bytes);
    case 'b':
    case 'w':
      return read_bytes(args, i, kind == 'w', &args->value[i].bytes);
    case 'r':
      return narrow(args, i, &args->value[i - 1].bytes);
    default:
      return true;
  }
}

bool read_args(struct args *args, napi_env env, napi_callback_info info, const char *kinds) {
  size_t count = MAX_ARGS;
  args->env = env;
  args->refused = false;
  /* What is not given comes as undefined, which no kind takes. */
  if (napi_get_cb_info(env, info, &count, args->given, NULL, NULL) != napi_ok)
    return refuse_type(args, 0, "given to a function");
  for (size_t i = 0; kinds[i]; i++)
    if (!read_argument(args, i, kinds[i])) return false;
  return true;
}

bool has_room(struct args *args, size_t i, size_t length) {
  return args->value[i].bytes.length >= length || refuse_range(args, i, "an array long enough for the call");
}

int text(struct args *args, size_t i, char *into, size_t size) {
  size_t length = 0;
  if (napi_get_value_string_utf8(args->env, args->given[i], NULL, 0, &length) != napi_ok)
    return refuse_type(args, i, "a string"), -1;
  if (length >= size) return refuse_range(args, i, "a shorter string"), -1;
  if (napi_get_value_string_utf8(args->env, args->given[i], into, size, &length) != napi_ok)
    return refuse_type(args, i, "a string"), -1;
  if (strlen(into) != length) return refuse_range(args, i, "a string without a NUL"), -1;
  return (int)length;
}

napi_value outcome(napi_env env, int64_t result) {
  napi_value number;
  return napi_create_int64(env, result < 0 ? -errno : result, &number) == napi_ok ? number : NULL;
}
