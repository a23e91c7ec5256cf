import { constants } from 'node:os'
import { expect, test } from 'vitest'
import { KIND } from '../../../src/observe/layout.ts'
import { EventReader } from '../../../src/observe/read-events.ts'
import type { Event } from '../../../src/state/event.ts'
import { ProbeByHand, type RingEvent } from './probe-by-hand.ts'

const { signals, errno } = constants

test.each<[RingEvent, Event]>([
  [
    { kind: KIND.forked, a: 5, b: 1, c: 3 },
    { type: 'forked', at: 1.5, pid: 7, parent: 5, autoReap: true, index: 3 },
  ],
  [
    { kind: KIND.forked, a: 5, b: 0, c: 0 },
    { type: 'forked', at: 1.5, pid: 7, parent: 5, autoReap: false, index: 0 },
  ],
  [
    { kind: KIND.forkFailed, a: errno.EAGAIN },
    { type: 'fork-failed', at: 1.5, pid: 7, errno: 'EAGAIN' },
  ],
  [
    { kind: KIND.probed, a: 5 },
    { type: 'probed', at: 1.5, pid: 7, parent: 5 },
  ],
  [
    { kind: KIND.exited, a: 255 },
    { type: 'exited', at: 1.5, pid: 7, code: 255 },
  ],
  [
    { kind: KIND.reaped, a: 8, b: 3 << 8 },
    { type: 'reaped', at: 1.5, pid: 8, by: 7, ending: { code: 3 } },
  ],
  [
    { kind: KIND.reaped, a: 8, b: signals.SIGKILL },
    { type: 'reaped', at: 1.5, pid: 8, by: 7, ending: { signal: 'SIGKILL' } },
  ],
  [
    { kind: KIND.reaped, a: 8, b: signals.SIGABRT | 0x80 },
    { type: 'reaped', at: 1.5, pid: 8, by: 7, ending: { signal: 'SIGABRT', core: true } },
  ],
  [
    { kind: KIND.signalSent, a: 8, b: signals.SIGTERM },
    { type: 'signal-sent', at: 1.5, from: 7, to: 8, signal: 'SIGTERM' },
  ],
  [
    { kind: KIND.signalSent, a: -8, b: signals.SIGTERM },
    { type: 'signal-sent', at: 1.5, from: 7, to: -8, signal: 'SIGTERM' },
  ],
  [
    { kind: KIND.signalSent, a: 8, b: signals.SIGHUP, c: errno.ESRCH },
    { type: 'signal-sent', at: 1.5, from: 7, to: 8, signal: 'SIGHUP', errno: 'ESRCH' },
  ],
  [
    { kind: KIND.signalHandled, a: signals.SIGCHLD },
    { type: 'signal-handled', at: 1.5, pid: 7, signal: 'SIGCHLD' },
  ],
  [
    { kind: KIND.resetArmed, a: 4 },
    { type: 'reset-armed', at: 1.5, pid: 7, fd: 4 },
  ],
])('what the probe notes as %o is told', (noted, told) => {
  const probe = new ProbeByHand()
  probe.event(0, { pid: 7, time: 1_500_000, ...noted })
  probe.head(1)
  expect(new EventReader(probe.fd).read()).toEqual([told])
})
