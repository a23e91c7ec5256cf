import { describe, expect, test } from 'vitest'
import { limit } from '../support/calibration.ts'
import { until } from '../support/until.ts'
import { answer, load, plan, serverThat, startLoading } from './support.ts'

describe('idleTimeout', () => {
  test('ends with a server that says nothing', async () => {
    const { port } = await serverThat(() => {})
    const figures = await load(plan(port, { connections: 1 }), 200)
    expect(figures).toMatchObject({ connects: 3, succeeded: 0, failed: { ETIMEDOUT: 3 }, refused: 0 })
    expect(figures.elapsed).toBeGreaterThanOrEqual(200)
  })

  test('ends with a server that stops in the middle', async () => {
    const { port } = await serverThat((client) => client.once('data', () => client.write('half')))
    expect(await load(plan(port, { connections: 1 }), 200)).toMatchObject({
      failed: { ETIMEDOUT: 3 },
      bytes: 12,
    })
  })

  test('lasts as long as there is progress', async () => {
    const idleTimeout = limit(150)
    const { port } = await serverThat((client) =>
      client.once('data', () => {
        let left = 8
        const drip = setInterval(() => {
          client.write('.')
          if (--left > 0) return
          clearInterval(drip)
          client.end()
        }, idleTimeout / 5)
      }),
    )
    const figures = await load(plan(port, { connections: 1, bytes: 8 }), idleTimeout)
    expect(figures).toMatchObject({ succeeded: 3, failed: {} })
    expect(figures.elapsed).toBeGreaterThan(idleTimeout)
  })
})

describe('a stop in the middle', () => {
  test('ends the load soon, and what was done by then is told', async () => {
    const { port, accepted } = await serverThat(answer)
    const { worker, ended } = startLoading(plan(port, { connections: 1_000_000 }))
    await until(() => accepted() > 50, 'fifty connections')
    worker.stop()
    const figures = await ended
    expect(figures).toMatchObject({ stopped: true, error: null, failed: {} })
    expect(figures.succeeded).toBeGreaterThan(0)
    // A connection that was under way at the stop is neither a success nor a failure.
    expect(figures.connects - figures.succeeded).toBeLessThanOrEqual(3)
    expect(figures.connects).toBe(accepted())
  })

  test('does not wait for connections that nobody answers', async () => {
    const { port, accepted } = await serverThat(() => {})
    const { worker, ended } = startLoading(plan(port))
    await until(() => accepted() === 3, 'three connections')
    worker.stop()
    expect(await ended).toMatchObject({ connects: 3, succeeded: 0, failed: {}, stopped: true })
  })

  test('after the end is none', async () => {
    const { port } = await serverThat(answer)
    const { worker, ended } = startLoading(plan(port))
    await ended
    worker.stop()
  })
})
