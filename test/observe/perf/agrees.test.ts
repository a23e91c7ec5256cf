import { describe, expect, test } from 'vitest'
import { findModel } from '../../../servers/catalog.ts'
import { planFor } from '../../../src/load/plan.ts'
import type { PerfEvent } from '../../../src/observe/perf/perf-event.ts'
import { defaults, type Options } from '../../../src/options/table.ts'
import { balanceOf } from '../../../src/select/balance.ts'
import { loadListener, reachable } from '../../../src/select/listening.ts'
import { LiveSession } from '../../../src/session/live-session.ts'
import { modelTarget } from '../../../src/session/target.ts'
import { until } from '../../../src/session/until.ts'
import { limit } from '../../support/calibration.ts'
import { freePort } from '../../support/free-port.ts'
import { mayWatch, sum, typed, watch, why } from './watch.ts'

describe.skipIf(!mayWatch)(`perf and the probe agree${why}`, () => {
  test.each(['prefork', 'fork', 'thread', 'prefork-fd', 'epoll'])('on a run of %s', async (name) => {
    // All that this process starts: the launcher, the server, the clients.
    const perf = await watch(process.pid)
    const session = new LiveSession()
    const options: Options = {
      ...defaults,
      children: 4,
      port: await freePort(),
      clients: 5,
      connections: 220,
    }
    try {
      const target = modelTarget(findModel(name)!, options)
      await session.commands.start(target)
      await until(session, (state) => loadListener(state, target.port) !== undefined, limit(20_000))
      const listener = loadListener(session.state, target.port)!
      await session.commands.startLoad(planFor(options, reachable(listener), listener.port), 0)
      await until(session, (state) => balanceOf(state).missing === 0, limit(20_000))
    } finally {
      await session.commands.stop()
    }
    await perf.source.settle()

    const { state } = session
    const tree = descendants(perf.events, state.server.pid!)
    expect(perf.source.inexact).toBeNull()
    const accepts = perf.accepts().filter(({ pid }) => tree.has(pid))
    expect(sum(accepts)).toBe(1100)
    expect(state.totals.accepts).toBe(1100)
    for (const { pid, counts } of state.processes.values())
      expect([pid, sum(accepts.filter((thread) => thread.pid === pid))]).toEqual([pid, counts.accepts])
    // The server's first process is none that it forked.
    expect(tree.size).toBe(state.seen)
    const ended = new Set(perf.of('ended').map(({ pid }) => pid))
    expect([...tree].every((pid) => ended.has(pid))).toBe(true)
    for (const { pid, exited } of state.processes.values()) {
      const ending = perf.of('ended').find((event) => event.pid === pid)?.ending
      expect([pid, ending]).toEqual([pid, exited?.ending])
    }
    const sent = perf.of('signal-sent').filter(({ from }) => tree.has(from))
    const tallies = [...state.signals.values()].filter(({ from }) => typeof from === 'number')
    for (const { name, from, to, count } of tallies.filter((tally) => tally.to > 0))
      expect(
        sent.filter((event) => event.from === from && event.to === to && event.signal === name),
      ).toHaveLength(count)
  })
})

function descendants(events: readonly PerfEvent[], root: number): Set<number> {
  const tree = new Set([root])
  for (const { pid, parent } of typed(events)('forked')) if (tree.has(parent)) tree.add(pid)
  return tree
}
