import type { CommandLine } from '../options/parse.ts'
import type { OptionName } from '../options/table.ts'
import { UsageError } from '../options/usage-error.ts'
import { Refusal } from '../refusal.ts'
import { protocolFor } from './plan.ts'
import { whyTooMany } from './too-many.ts'

const HTTP_OPTIONS = ['path', 'method', 'header', 'body'] as const satisfies OptionName[]

/**
 * Throws UsageError for options of a load that do not go together, and a Refusal when this process may not have as many
 * connections: all before anything starts.
 */
export function checkLoad({ options, given }: CommandLine, { isAnyAnswer }: { isAnyAnswer: boolean }): void {
  const service = isAnyAnswer ? 'auto' : protocolFor(options.service)
  const mayBeHttp = service === 'http' || service === 'auto'
  if (given.has('duration') && given.has('connections'))
    throw new UsageError('Either --connections or --duration, not both.')
  for (const name of HTTP_OPTIONS)
    if (given.has(name) && !mayBeHttp) throw new UsageError(`--${name} is for --service http.`)
  if (options.requests > 1 && !mayBeHttp && service !== 'echo')
    throw new UsageError('--requests is for --service http and echo: the others close after one answer.')
  const why = whyTooMany(options.clients)
  if (why) throw new Refusal(why)
}
