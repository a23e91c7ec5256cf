/**
 * Iterative: one process accepts a client, serves it to the end, and only then accepts the next. Whoever comes
 * meanwhile waits in the listener's queue. Source: UNP 30, row 0; accept(2).
 */
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import { accept } from '../posix/index.ts'
import { serve } from '../serve.ts'

export function iterative(options: ModelOptions): never {
  const listener = openListener(options)
  for (;;) {
    const connection = accept(listener)
    serve(connection, options.service)
  }
}
