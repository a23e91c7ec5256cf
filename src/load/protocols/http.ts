import type { LoadPlan } from '../../state/event.ts'
import { HttpAnswerParser } from './http/answer-parser.ts'
import { formatRequest, pathFor } from './http/request.ts'
import type { FailureName, Protocol } from './protocol.ts'

/** Methods that may be sent again when nobody knows what became of the first time. Source: RFC 9110, 9.2.2. */
const IDEMPOTENT = ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']
const VERSION = Buffer.from('HTTP/')

/** HTTP/1.1, one request after the other. Source: RFC 9112. */
export function http(plan: LoadPlan): Protocol {
  const request = { ...plan.http, path: pathFor(plan) }
  const next = formatRequest(request, plan, { isLast: false })
  const last = formatRequest(request, plan, { isLast: true })
  return {
    name: 'http',
    request: (_, isLast) => (isLast ? last : next),
    createParser: () => new HttpAnswerParser({ isHead: request.method === 'HEAD' }),
    takesSeveral: true,
    canRepeat: IDEMPOTENT.includes(request.method),
    silenceLimit: Infinity,
    surplus,
  }
}

/** As much as is there must be the beginning of a status line, for it to be an answer. */
function surplus(bytes: Uint8Array, from: number, to: number): FailureName {
  for (let i = 0; i < VERSION.length && from + i < to; i++) if (bytes[from + i] !== VERSION[i]) return 'LONG'
  return 'TWICE'
}
