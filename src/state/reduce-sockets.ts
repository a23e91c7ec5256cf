import type { Draft } from './draft.ts'
import type { MeasureEvent } from './event.ts'

/** What the kernel counted before the server's first look at it is not of this run. */
export function reduceSockets(draft: Draft, event: Extract<MeasureEvent, { type: 'sockets' }>): void {
  const { type, at, ...sockets } = event
  const base = draft.sockets?.base ?? { overflows: sockets.overflows, drops: sockets.drops }
  draft.sockets = {
    ...sockets,
    overflows: sockets.overflows - base.overflows,
    drops: sockets.drops - base.drops,
    base,
  }
}
