import { type Draft, tell } from './draft.ts'
import type { HandEnding, HandEvent, Millis } from './event.ts'
import type { Hand } from './state.ts'

/** Ended connections that stay listed. */
const MOST_ENDED = 5

export function reduceHand(draft: Draft, event: HandEvent): void {
  if (event.type === 'hand-seen') {
    for (const { id, ...sight } of event.seen) change(draft, id, () => sight)
    return
  }
  const { id, at } = event
  switch (event.type) {
    case 'hand-opened': {
      const { local, peer } = event
      draft.hands = [...withoutOldest(draft.hands), { ...newHand, id, local, peer, openedAt: at }]
      draft.handConnects++
      return tell(draft, { kind: 'hand', id, text: `you connect from port ${local.port}` })
    }
    case 'hand-sent':
      change(draft, id, ({ sent }) => ({ sent: sent + event.bytes, askedAt: at, lastSent: event.text }))
      return
    case 'hand-received':
      change(draft, id, (hand) => answered(hand, event.bytes, event.text, at))
      return
    case 'hand-reading':
      change(draft, id, () => ({ slowly: event.slowly }))
      return
    case 'hand-closed':
      change(draft, id, () => ({ ended: { at, how: event.how }, server: null }))
      return tell(draft, { kind: 'hand', id, text: describeHandEnding(event.how) })
  }
}

export function describeHandEnding(how: HandEnding): string {
  if (typeof how === 'object') return `failed: ${how.errno}`
  return { closed: 'closed by you', aborted: 'aborted by you with RST', 'closed by the server': how }[how]
}

const newHand: Omit<Hand, 'id' | 'local' | 'peer' | 'openedAt'> = {
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
function answered(hand: Hand, bytes: number, text: string, at: Millis): Partial<Hand> {
  const received = hand.received + bytes
  if (hand.askedAt === null) return { received }
  return { received, reply: { text, after: at - hand.askedAt }, askedAt: null }
}

function change(draft: Draft, id: number, how: (hand: Hand) => Partial<Hand>): void {
  draft.hands = draft.hands.map((hand) => (hand.id === id ? { ...hand, ...how(hand) } : hand))
}

function withoutOldest(hands: readonly Hand[]): readonly Hand[] {
  const ended = hands.filter((hand) => hand.ended)
  const tooMany = new Set(ended.slice(0, Math.max(0, ended.length - MOST_ENDED)))
  return hands.filter((hand) => !tooMany.has(hand))
}
