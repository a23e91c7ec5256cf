import { unreachable } from '../unreachable.ts'
import type { Draft } from './draft.ts'
import type { Instant, ManualConnectionEvent } from './event.ts'
import { tell } from './log.ts'
import type { ManualConnection } from './state.ts'

/** Ended connections that stay listed. */
const MOST_ENDED = 5

export function reduceManualConnection(draft: Draft, event: ManualConnectionEvent): void {
  if (event.type === 'manual-sampled') {
    for (const { id, ...sight } of event.seen) change(draft, id, () => sight)
    return
  }
  const { id, at } = event
  switch (event.type) {
    case 'manual-opened': {
      const { local, peer } = event
      draft.manualConnections = [
        ...withoutOldest(draft.manualConnections),
        { ...newManualConnection, id, local, peer, openedAt: at },
      ]
      draft.manualConnects++
      return tell(draft, { kind: 'manual-opened', id, port: local.port })
    }
    case 'manual-sent':
      change(draft, id, ({ sent }) => ({ sent: sent + event.bytes, askedAt: at, lastSent: event.text }))
      return
    case 'manual-received':
      change(draft, id, (connection) => answered(connection, event.bytes, event.text, at))
      return
    case 'manual-reading':
      change(draft, id, () => ({ slowly: event.slowly }))
      return
    case 'manual-closed':
      change(draft, id, () => ({ ended: { at, how: event.how }, server: null }))
      return tell(draft, { kind: 'manual-closed', id, how: event.how })
    default:
      return unreachable(event)
  }
}

const newManualConnection: Omit<ManualConnection, 'id' | 'local' | 'peer' | 'openedAt'> = {
  sent: 0,
  received: 0,
  lastSent: '',
  reply: null,
  askedAt: null,
  slowly: false,
  state: null,
  server: null,
  ended: null,
}

/** The first bytes after something was sent are its reply; the time is measured up to them. */
function answered(
  connection: ManualConnection,
  bytes: number,
  text: string,
  at: Instant,
): Partial<ManualConnection> {
  const received = connection.received + bytes
  if (connection.askedAt === null) return { received }
  return { received, reply: { text, after: at - connection.askedAt }, askedAt: null }
}

function change(
  draft: Draft,
  id: number,
  how: (connection: ManualConnection) => Partial<ManualConnection>,
): void {
  draft.manualConnections = draft.manualConnections.map((connection) =>
    connection.id === id ? { ...connection, ...how(connection) } : connection,
  )
}

function withoutOldest(connections: readonly ManualConnection[]): readonly ManualConnection[] {
  const ended = connections.filter((connection) => connection.ended)
  const tooMany = new Set(ended.slice(0, Math.max(0, ended.length - MOST_ENDED)))
  return connections.filter((connection) => !tooMany.has(connection))
}
