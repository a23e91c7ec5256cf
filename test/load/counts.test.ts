import { describe, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { answer, load, plan, serverThat } from './support.ts'

const ALL = 60

describe('what clients go through is counted exactly', () => {
  test('when all goes well', async () => {
    const { port, accepted } = await serverThat(answer)
    const figures = await load(plan(port))
    expect(figures).toMatchObject({
      attempts: ALL,
      connects: ALL,
      succeeded: ALL,
      failed: {},
      refused: 0,
      error: null,
    })
    expect(figures.bytes).toBe(ALL * 4096)
    expect(accepted()).toBe(ALL)
    const { p50, p90, p99, p999, max } = figures.latency
    expect([p50, p90, p99, p999, max]).toEqual([p50, p90, p99, p999, max].toSorted((a, b) => a - b))
    expect(p50).toBeGreaterThan(0)
    expect(figures.elapsed).toBeGreaterThanOrEqual(max)
  })

  test.each([0, 1, 300_000])('when %i bytes are asked for', async (bytes) => {
    const { port } = await serverThat(answer)
    expect(await load(plan(port, { bytes }))).toMatchObject({
      succeeded: ALL,
      failed: {},
      bytes: ALL * bytes,
    })
  })

  test('when nobody listens', async () => {
    const figures = await load(plan(await freePort()))
    expect(figures).toMatchObject({
      attempts: ALL,
      connects: 0,
      succeeded: 0,
      failed: { ECONNREFUSED: ALL },
      refused: ALL,
    })
  })

  test('when the server closes too early', async () => {
    const { port } = await serverThat((client) => client.once('data', () => client.end(Buffer.alloc(100))))
    expect(await load(plan(port))).toMatchObject({
      connects: ALL,
      succeeded: 0,
      failed: { SHORT: ALL },
      bytes: ALL * 100,
    })
  })

  test('when the server closes without a word', async () => {
    const { port } = await serverThat((client) => client.once('data', () => client.end()))
    expect(await load(plan(port))).toMatchObject({ connects: ALL, succeeded: 0, failed: { SHORT: ALL } })
  })

  test('when the server answers too much', async () => {
    const { port } = await serverThat((client) => answer(client, { tooMany: 1 }))
    expect(await load(plan(port))).toMatchObject({ connects: ALL, succeeded: 0, failed: { LONG: ALL } })
  })

  test('when the server resets', async () => {
    const { port } = await serverThat((client) => client.once('data', () => client.resetAndDestroy()))
    expect(await load(plan(port))).toMatchObject({
      connects: ALL,
      succeeded: 0,
      failed: { ECONNRESET: ALL },
      refused: 0,
    })
  })

  test('when every other connection fails', async () => {
    const { port, accepted } = await serverThat((client) =>
      accepted() % 2 === 0 ? answer(client) : client.once('data', () => client.end()),
    )
    expect(await load(plan(port))).toMatchObject({
      connects: ALL,
      succeeded: ALL / 2,
      failed: { SHORT: ALL / 2 },
    })
  })

  test('when the server does not close after its answer', async () => {
    const { port } = await serverThat((client) =>
      client.once('data', (request) => client.write(Buffer.alloc(Number(request)))),
    )
    expect(await load(plan(port, { connections: 2 }))).toMatchObject({ succeeded: 6, failed: {} })
  })

  test('when the answer comes in small pieces', async () => {
    const { port } = await serverThat((client) =>
      client.once('data', async () => {
        for (let i = 0; i < 50; i++) await new Promise((resolve) => client.write('....', resolve))
        client.end()
      }),
    )
    expect(await load(plan(port, { bytes: 200 }))).toMatchObject({
      succeeded: ALL,
      failed: {},
      bytes: ALL * 200,
    })
  })

  test('over IPv6', async () => {
    const figures = await load(plan(await freePort(), { host: '::1' }))
    expect(figures.failed).toEqual({ ECONNREFUSED: ALL })
  })
})

test('an echo is one message and its answer, and the client closes', async () => {
  const { port } = await serverThat((client) => {
    client.on('data', (message) => client.write(`Echo=>${message} at Fri Nov 20 09:05:03 2026`))
    client.on('end', () => client.end())
  })
  expect(await load(plan(port, { service: 'echo' }))).toMatchObject({ succeeded: ALL, failed: {} })
})

test('of an own service any answer will do', async () => {
  const { port } = await serverThat((client) => client.once('data', () => client.end('whatever')))
  expect(await load(plan(port, { service: 'any' }))).toMatchObject({
    succeeded: ALL,
    failed: {},
    bytes: ALL * 8,
  })
})
