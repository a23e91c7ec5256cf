import { expect, test } from 'vitest'
import { startLoad } from '../../src/load/start-load.ts'
import type { LoadEvent } from '../../src/state/event.ts'
import { limit } from '../support/calibration.ts'
import { until } from '../support/until.ts'
import { answer, load, plan, serverThat } from './support.ts'

test('with a rate connections begin when they are due, not as fast as they can', async () => {
  const { port } = await serverThat(answer)
  const figures = await load(plan(port, { clients: 4, connections: 20, rate: 200 }))
  expect(figures).toMatchObject({ succeeded: 80, failed: {} })
  // The last of 80 is due 79 intervals of 5 ms after the first, which may have begun late.
  expect(figures.elapsed + figures.latency.max).toBeGreaterThanOrEqual(390)
  expect(figures.service).not.toBeNull()
})

test('a server that stalls is slow for all that were due meanwhile, though it served but one slowly', async () => {
  let served = 0
  // On a quick machine a stall of 300 ms, and a connection each 10 ms: thirty come meanwhile.
  const [stall, interval] = [limit(150), limit(5)]
  const { port } = await serverThat((socket) => {
    if (++served === 10) setTimeout(() => answer(socket), stall)
    else answer(socket)
  })
  const rate = Math.max(1, Math.round(1000 / interval))
  const { latency, service, succeeded } = await load(plan(port, { clients: 1, connections: 60, rate }))
  expect(succeeded).toBe(60)
  expect(service!.max).toBeGreaterThanOrEqual((stall * 5) / 6)
  expect(service!.p90).toBeLessThan(stall / 3)
  expect(latency.p90).toBeGreaterThanOrEqual(stall / 2)
})

test('without a rate response and service are the same, and only one is told', async () => {
  const { port } = await serverThat(answer)
  expect((await load(plan(port))).service).toBeNull()
})

test('a client thinks between two of its connections', async () => {
  const { port } = await serverThat(answer)
  const figures = await load(plan(port, { clients: 1, connections: 5, think: 50 }))
  expect(figures.succeeded).toBe(5)
  expect(figures.elapsed).toBeGreaterThanOrEqual(195)
})

test('a plan that changes while the load runs is followed to its end', async () => {
  const { port, accepted } = await serverThat(answer)
  const events: LoadEvent[] = []
  const first = plan(port, { clients: 2, connections: 1_000_000 })
  const running = startLoad(first, 0, (event) => events.push(event))
  await until(() => accepted() > 20, 'twenty connections')
  running.change({ ...first, rate: 20, connections: 1_000 })
  running.change({ ...first, clients: 5, connections: 1 })
  await running.done
  const ended = events.at(-1)
  if (ended?.type !== 'load-ended') throw new Error('the load did not end')
  // More than five had begun already: what was under way was finished, and nothing else begun.
  expect(ended).toMatchObject({ stopped: false, figures: { failed: {} } })
  expect(ended.figures.succeeded).toBe(ended.figures.attempts)
  expect(ended.figures.connects).toBe(accepted())
  expect(events.filter(({ type }) => type === 'load-changed')).toHaveLength(2)
})
