/* System calls for TypeScript, as a Node-API addon: exports every function that CALL has defined. */
#include "call.h"

extern const struct call __start_posix_calls[] __attribute__((visibility("hidden")));
extern const struct call __stop_posix_calls[] __attribute__((visibility("hidden")));

static bool export_call(napi_env env, napi_value exports, const struct call *call) {
  napi_value function;
  return napi_create_function(env, call->name, NAPI_AUTO_LENGTH, call->function, NULL, &function) == napi_ok &&
         napi_set_named_property(env, exports, call->name, function) == napi_ok;
}

NAPI_MODULE_INIT() {
  for (const struct call *call = __start_posix_calls; call < __stop_posix_calls; call++) {
    if (export_call(env, exports, call)) continue;
    napi_throw_error(env, NULL, "the functions of the addon cannot be exported");
    return NULL;
  }
  return exports;
}
