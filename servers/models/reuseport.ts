/**
 * Reuseport: N children, each with a listener of its own on the same address. The kernel hashes each connection to
 * one of the listeners, so nobody competes for a queue, and a child that is slow keeps its own queue waiting.
 * Source: socket(7), SO_REUSEPORT.
 */
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import { runPool } from '../pool.ts'
import { accept } from '../posix/index.ts'
import { serve } from '../serve.ts'

export function reuseport(options: ModelOptions): never {
  runPool(options.children, () => child(options))
}

function child({ service, ...options }: ModelOptions): never {
  const listener = openListener(options, { shared: true })
  for (;;) {
    const connection = accept(listener)
    serve(connection, service)
  }
}
