import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import { startLoad } from '../../src/load/start-load.ts'
import type { LoadEvent, LoadPlan } from '../../src/state/event.ts'
import { answer, plan, serverThat } from './support.ts'

/** Starts a load in as many workers as there would be; what is told of it. */
function tell(loadPlan: LoadPlan) {
  const events: LoadEvent[] = []
  const load = startLoad(loadPlan, 0, (event) => events.push(event))
  return { load, events }
}

test('the work of all workers together is what was planned', async () => {
  const { port, accepted } = await serverThat(answer)
  const loadPlan = plan(port, { clients: 7, connections: 11, bytes: 100 })
  const { load, events } = tell(loadPlan)
  await load.done
  expect(events[0]).toMatchObject({ type: 'load-started', plan: loadPlan })
  const end = events.at(-1)!
  expect(end).toMatchObject({ type: 'load-ended', stopped: false })
  expect(end).not.toHaveProperty('error')
  expect(end).toMatchObject({
    figures: { attempts: 77, connects: 77, succeeded: 77, failed: {}, bytes: 7700 },
  })
  expect(accepted()).toBe(77)
})

test('progress can be asked for at any time, and only grows', async () => {
  const { port, accepted } = await serverThat(answer)
  const { load, events } = tell(plan(port, { connections: 300 }))
  while (accepted() < 800) {
    load.report()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await load.done
  const figures = events.flatMap((event) => ('figures' in event ? [event.figures] : []))
  expect(figures.length).toBeGreaterThan(2)
  for (const key of ['attempts', 'connects', 'succeeded', 'bytes'] as const) {
    const values = figures.map((each) => each[key])
    expect(values).toEqual(values.toSorted((a, b) => a - b))
  }
  const told = events.length
  load.report()
  expect(events.length).toBe(told)
})

test('fewer clients than cores are enough', async () => {
  const { port } = await serverThat(answer)
  const { load, events } = tell(plan(port, { clients: 1, connections: 3 }))
  await load.done
  expect(events.at(-1)).toMatchObject({ figures: { succeeded: 3 } })
  expect(availableParallelism()).toBeGreaterThan(0)
})

test('a stop ends all workers', async () => {
  const { port, accepted } = await serverThat(answer)
  const { load, events } = tell(plan(port, { clients: 8, connections: 1_000_000 }))
  while (accepted() < 20) await new Promise((resolve) => setTimeout(resolve, 1))
  await load.stop()
  expect(events.at(-1)).toMatchObject({ type: 'load-ended', stopped: true, figures: { failed: {} } })
})
