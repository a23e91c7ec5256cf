import type { Target } from '../session/target.ts'
import { describeEnding } from '../state/ending.ts'
import type { Duration } from '../state/event.ts'
import type { State } from '../state/state.ts'

/** How long a server may take until it listens. */
export const START_TIMEOUT: Duration = 30_000

/** Why nothing can be connected to, in a sentence. */
export function whyNotListening(
  { server }: State,
  { model, name, port }: Target,
  unix: string | null,
): string {
  const last = tellingLine(server.output.map(({ line }) => line))
  if (server.failure) return server.failure
  // A model says itself, in a sentence, why it could not start.
  if (server.ending && last && model) return last.replace(/^\[\d+\] /, '')
  if (server.ending)
    return `${name} ended before it listened: ${describeEnding(server.ending)}${last ? `. It said: ${last}` : '.'}`
  if (unix !== null)
    return `${name} does not listen on ${unix} after ${START_TIMEOUT / 1000} seconds: is --unix right?`
  const where = port === null ? 'any port' : `port ${port}`
  return `${name} does not listen on ${where} after ${START_TIMEOUT / 1000} seconds: is it a TCP server, and is --port right?`
}

/** Of a server's last words the line that says most: its error, if it names one. */
function tellingLine(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => /^\w*(Error|Exception)\b/.test(line)) ?? lines.at(-1)
}
