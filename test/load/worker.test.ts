import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  accept,
  bind,
  close,
  connect,
  listen,
  setNonBlocking,
  socket,
  socketAddress,
  WOULD_BLOCK,
} from '../../servers/posix/index.ts'
import { findRun } from '../../src/supervise/find-run.ts'
import { processState } from '../e2e/find-processes.ts'
import { freePort } from '../support/free-port.ts'
import { until } from '../support/until.ts'
import { answer, load, plan, serverThat, startLoading } from './support.ts'

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

describe('patience', () => {
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
    const { port } = await serverThat((client) =>
      client.once('data', () => {
        let left = 8
        const drip = setInterval(() => {
          client.write('.')
          if (--left > 0) return
          clearInterval(drip)
          client.end()
        }, 60)
      }),
    )
    const figures = await load(plan(port, { connections: 1, bytes: 8 }), 300)
    expect(figures).toMatchObject({ succeeded: 3, failed: {} })
    expect(figures.elapsed).toBeGreaterThan(300)
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

test('a connection that is reset before its first word was established all the same', async () => {
  // A queue of one, which is taken: the client's handshake waits until there is room.
  const address = socketAddress('127.0.0.1', await freePort())
  const port = Buffer.from(address).readUInt16BE(2)
  const listener = socket('127.0.0.1')
  bind(listener, address)
  listen(listener, 0)
  setNonBlocking(listener)
  const first = socket('127.0.0.1')
  connect(first, address)

  const { run, ended } = startLoading(plan(port, { clients: 1, connections: 1 }))
  await until(() => isConnecting(port), 'a handshake under way')
  const pid = findRun(run)[0]!
  process.kill(pid, 'SIGSTOP')
  await until(() => processState(pid) === 'T', 'the stop')
  close(accept(listener))
  const connection = await until(() => {
    const fd = accept(listener)
    return fd !== WOULD_BLOCK && fd
  }, 'the connection')
  await once(new Socket({ fd: connection }).resetAndDestroy(), 'close')
  process.kill(pid, 'SIGCONT')
  expect(await ended).toMatchObject({ attempts: 1, connects: 1, failed: { ECONNRESET: 1 }, refused: 0 })
  for (const fd of [first, listener]) close(fd)
})

const SYN_SENT = '02'

/** Whether a socket of this machine waits for the port to take its connection. Source: proc_pid_net(5), tcp. */
function isConnecting(port: number): boolean {
  const remote = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readFileSync('/proc/net/tcp', 'latin1').includes(` ${remote} ${SYN_SENT} `)
}
