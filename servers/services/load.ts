import { readFileSync } from 'node:fs'
import type { Service } from './service.ts'

/**
 * Loads a user's service from a file that holds one JavaScript module without imports of other files. Throws a
 * sentence when the module cannot be run, exports no `handle`, or one that is async: nobody would wait for it.
 */
export async function loadService(path: string): Promise<Service> {
  // From a data: URL, since the file may be one without a name.
  const code = readFileSync(path).toString('base64')
  const { handle } = await import(`data:text/javascript;base64,${code}`)
  if (typeof handle !== 'function') throw new Error('The service exports no function called handle.')
  if (handle.constructor.name.startsWith('Async'))
    throw new Error(
      'The handle of the service is async: write function* and yield* instead of async and await.',
    )
  return handle
}
