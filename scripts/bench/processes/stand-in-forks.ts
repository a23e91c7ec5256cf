import { noCounts } from '../../../src/state/counts.ts'
import type { Event } from '../../../src/state/event.ts'
import { reduce } from '../../../src/state/reduce.ts'
import type { State } from '../../../src/state/state.ts'

const LAUNCHER = 99
const PARENT = 100
const START = 1000
/** Pids come round again, as in the kernel. */
const PIDS = 4_000_000

/** A server that forks for each client, as a session would see it. */
export function forkingServer(state: State): State {
  return reduce(state, [
    { type: 'server-starting', at: START, name: 'fork', command: ['node'], host: '127.0.0.1', port: 2000 },
    { type: 'server-started', at: START + 1, pid: PARENT, launcher: LAUNCHER },
  ])
}

/** One beat of it: so many children that come, are counted for, end and are reaped, and a tick. */
export function forkLives(first: number, count: number): Event[] {
  const events: Event[] = []
  for (let i = first; i < first + count; i++) {
    const at = START + 2 + i
    const pid = PARENT + 1 + (i % PIDS)
    events.push(
      { type: 'forked', at, pid, parent: PARENT, autoReap: false, index: i },
      { type: 'exited', at: at + 0.5, pid, code: 0 },
      { type: 'reaped', at: at + 0.6, pid, by: PARENT, ending: { code: 0 } },
    )
  }
  const now = START + 2 + first + count
  events.push(
    {
      type: 'counted',
      at: now,
      changes: [
        {
          pid: PARENT,
          tid: PARENT,
          born: START,
          ...noCounts,
          accepts: count,
          wakeups: count,
          open: 0,
          activity: null,
          image: 0,
        },
      ],
    },
    { type: 'tick', at: now },
  )
  return events
}
