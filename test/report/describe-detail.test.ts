import { expect, test } from 'vitest'
import { describeDetail } from '../../src/report/describe-detail.ts'
import { describeEvent } from '../../src/report/describe-event.ts'
import { reduce } from '../../src/state/reduce.ts'
import { counted, counter, forked, SERVER, stateAfter } from '../state/support.ts'

test('an event of an earlier server is told against that one, not against the one that runs now', () => {
  const first = stateAfter(
    { type: 'listening', at: 1050, listeners: [listener(2000)] },
    forked(1100, 101),
    counted(1200, counter(SERVER, { accepts: 1 })),
  )
  const second = reduce(first, [
    { type: 'server-starting', at: 20_000, name: 'select', command: [], host: '127.0.0.1', port: 2001 },
    { type: 'server-started', at: 20_001, pid: 101, launcher: 99 },
    { type: 'listening', at: 20_050, listeners: [listener(2001)] },
  ])
  const [fork, accept] = second.log.entries.filter(({ what }) => ['forked', 'accepted'].includes(what.kind))
  expect(describeDetail(fork!, second)).toEqual(['0.100 s after the start', 'of 101, 100'])
  expect(describeDetail(accept!, second)).toEqual(['0.200 s after the start', 'of 100'])
  expect(describeEvent(fork!, second).text).toBe('100 forked 101')
  expect(describeEvent(fork!, first).text).toBe('parent 100 forked 101')
})

function listener(port: number) {
  return { inode: '1', address: '127.0.0.1', port, queued: 0, backlog: 128, pids: [SERVER] }
}
