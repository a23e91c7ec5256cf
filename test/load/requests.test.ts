import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { answer, load, plan, serverThat } from './support.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

const digest = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

/** What a server counts for itself. */
type Seen = { requests: number; connections: number; methods: Set<string>; bodies: Set<string> }

/** Node's own HTTP server, whose answer depends on the path. Returns its port, and what it has counted. */
async function httpServer(keepAliveRequests = 0): Promise<{ port: number; seen: Seen }> {
  const seen: Seen = { requests: 0, connections: 0, methods: new Set(), bodies: new Set() }
  const server = createServer(async (request, response) => {
    seen.requests++
    seen.methods.add(request.method!)
    const pieces = await request.toArray()
    seen.bodies.add(`${request.headers['x-name'] ?? ''} ${digest(Buffer.concat(pieces))}`)
    if (request.url === '/missing') response.statusCode = 404
    if (request.url === '/empty') response.statusCode = 204
    if (request.url === '/chunks') for (const piece of ['a', 'bc', 'def']) response.write(piece)
    response.end(request.url === '/empty' ? undefined : 'hello')
  })
  server.maxRequestsPerSocket = keepAliveRequests
  server.on('connection', () => seen.connections++)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, seen }
}

const http = (given: Partial<ReturnType<typeof plan>['http']> = {}) => ({
  path: '/',
  method: 'GET',
  headers: [],
  body: '',
  ...given,
})

/** Three clients, of four connections each, of five requests each. */
const amounts = { clients: 3, connections: 4, requests: 5, service: 'http' } as const
const CONNECTIONS = 12
const REQUESTS = 60

describe('HTTP: what the server counts is what the load counts', () => {
  test('with several requests on a connection', async () => {
    const { port, seen } = await httpServer()
    expect(await load(plan(port, amounts))).toMatchObject({
      attempts: CONNECTIONS,
      connects: CONNECTIONS,
      succeeded: CONNECTIONS,
      requests: REQUESTS,
      statuses: { 200: REQUESTS },
      retried: 0,
      failed: {},
    })
    expect(seen).toMatchObject({ requests: REQUESTS, connections: CONNECTIONS })
  })

  test('with one request on a connection, which closes it', async () => {
    const { port, seen } = await httpServer()
    const figures = await load(plan(port, { ...amounts, requests: 1 }))
    expect(figures).toMatchObject({
      succeeded: CONNECTIONS,
      requests: CONNECTIONS,
      connects: CONNECTIONS,
      unclosed: 0,
    })
    expect(seen).toMatchObject({ requests: CONNECTIONS, connections: CONNECTIONS })
  })

  test('with a server that closes sooner than the plan would', async () => {
    const { port, seen } = await httpServer(2)
    const figures = await load(plan(port, amounts))
    expect(figures).toMatchObject({ succeeded: CONNECTIONS, requests: REQUESTS, failed: {}, retried: 0 })
    // Five requests take three connections of two.
    expect(figures.connects).toBe(3 * CONNECTIONS)
    expect(seen).toMatchObject({ requests: REQUESTS, connections: 3 * CONNECTIONS })
  })

  test.each([
    ['/missing', 404],
    ['/empty', 204],
    ['/chunks', 200],
  ])('with answers of another kind: %s', async (path, status) => {
    const { port, seen } = await httpServer()
    const figures = await load(plan(port, { ...amounts, http: http({ path }) }))
    expect(figures).toMatchObject({ requests: REQUESTS, statuses: { [status]: REQUESTS }, failed: {} })
    expect(seen.requests).toBe(REQUESTS)
  })

  test('with HEAD, whose answers have no content', async () => {
    const { port, seen } = await httpServer()
    const figures = await load(plan(port, { ...amounts, http: http({ method: 'HEAD' }) }))
    expect(figures).toMatchObject({ requests: REQUESTS, failed: {}, connects: CONNECTIONS })
    expect([...seen.methods]).toEqual(['HEAD'])
  })

  test('with a body and header fields of our own, also one larger than a socket takes at once', async () => {
    const { port, seen } = await httpServer()
    const body = 'ä'.repeat(2_000_000)
    const request = http({ method: 'POST', headers: ['X-Name: n'], body })
    const figures = await load(plan(port, { ...amounts, connections: 1, requests: 2, http: request }))
    expect(figures).toMatchObject({ requests: 6, failed: {} })
    expect([...seen.bodies]).toEqual([`n ${digest(body)}`])
  })
})

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
/** Calls back for each request, with its number on the connection; requests of the load have no content. */
const onRequest = (serve: (socket: Socket, index: number) => void) => (socket: Socket) => {
  let index = 0
  socket.on('data', () => serve(socket, index++))
}

describe('a connection that was used and is closed before any byte of the next answer', () => {
  test('is made anew once, and the request counts as sent again', async () => {
    const { port, accepted } = await serverThat(
      onRequest((socket, index) => (index < 2 ? socket.write(OK) : socket.destroy())),
    )
    const figures = await load(plan(port, { service: 'http', clients: 1, connections: 1, requests: 5 }))
    expect(figures).toMatchObject({ succeeded: 1, requests: 5, retried: 2, connects: 3, failed: {} })
    expect(accepted()).toBe(3)
  })

  test('is not made anew twice for one request', async () => {
    let answered = 0
    const { port, accepted } = await serverThat(
      onRequest((socket) => (answered++ === 0 ? socket.write(OK) : socket.end())),
    )
    const figures = await load(plan(port, { service: 'http', clients: 1, connections: 1, requests: 5 }))
    expect(figures).toMatchObject({ succeeded: 0, requests: 1, retried: 1, failed: { SHORT: 1 } })
    expect(accepted()).toBe(2)
  })

  test('is a failure for a request that must not be sent twice', async () => {
    const { port } = await serverThat(
      onRequest((socket, index) => (index === 0 ? socket.write(OK) : socket.end())),
    )
    const request = http({ method: 'POST' })
    const figures = await load(
      plan(port, { service: 'http', clients: 1, connections: 1, requests: 5, http: request }),
    )
    expect(figures).toMatchObject({ requests: 1, retried: 0, failed: { SHORT: 1 } })
  })

  test('is a failure when it was never used', async () => {
    const { port } = await serverThat(onRequest((socket) => socket.end()))
    const figures = await load(plan(port, { ...amounts }))
    expect(figures).toMatchObject({ requests: 0, retried: 0, failed: { SHORT: CONNECTIONS } })
  })

  test('goes on when it was closed while the client thought', async () => {
    const { port, accepted } = await serverThat(
      onRequest((socket) => {
        socket.write(OK)
        setTimeout(() => socket.end(), 5)
      }),
    )
    const figures = await load(
      plan(port, { service: 'http', clients: 1, connections: 1, requests: 3, think: 200 }),
    )
    // Nothing was sent into the void, so nothing was sent again.
    expect(figures).toMatchObject({ succeeded: 1, requests: 3, retried: 0, failed: {} })
    expect(accepted()).toBe(3)
  })
})

describe('an answer that is none has a name', () => {
  test.each([
    ['SHORT', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok'],
    ['LONG', `${OK}!`],
    ['TWICE', OK + OK],
    ['GARBAGE', '220 smtp\r\n'],
    ['BAD_LENGTH', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok'],
    ['BAD_CHUNK', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n'],
  ])('%s', async (name, text) => {
    const { port } = await serverThat(onRequest((socket) => socket.end(text)))
    expect(await load(plan(port, amounts))).toMatchObject({ succeeded: 0, failed: { [name]: CONNECTIONS } })
  })

  test('TWICE, also when the second comes while the client thinks', async () => {
    const { port } = await serverThat(
      onRequest((socket) => {
        socket.write(OK)
        setTimeout(() => socket.write(OK), 5)
      }),
    )
    const figures = await load(
      plan(port, { service: 'http', clients: 1, connections: 2, requests: 3, think: 200 }),
    )
    expect(figures).toMatchObject({ requests: 2, succeeded: 0, failed: { TWICE: 2 } })
  })
})

test('an answer that comes before all of the request is sent counts, and the connection is not used again', async () => {
  const refusal = 'HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n'
  const { port, accepted } = await serverThat((socket) =>
    socket.once('data', () => {
      socket.pause()
      socket.end(refusal)
    }),
  )
  const request = http({ method: 'PUT', body: 'x'.repeat(20_000_000) })
  const figures = await load(plan(port, { ...amounts, connections: 1, requests: 2, http: request }))
  expect(figures).toMatchObject({ requests: 6, statuses: { 413: 6 }, failed: {} })
  expect(accepted()).toBe(6)
})

test('echoes follow one another on a connection', async () => {
  const { port, accepted } = await serverThat((socket) => {
    socket.on('data', (message) => socket.write(`Echo=>${message} at Fri Nov 20 09:05:03 2026`))
    socket.on('end', () => socket.end())
  })
  const figures = await load(plan(port, { ...amounts, service: 'echo' }))
  expect(figures).toMatchObject({ succeeded: CONNECTIONS, requests: REQUESTS, failed: {} })
  expect(accepted()).toBe(CONNECTIONS)
})

test('what a connection without an end would cost is counted', async () => {
  const { port } = await serverThat((socket) => socket.once('data', () => socket.write('whatever')))
  const figures = await load(plan(port, { service: 'any', clients: 2, connections: 2 }))
  expect(figures).toMatchObject({ succeeded: 4, unclosed: 4 })
  expect(figures.elapsed).toBeGreaterThanOrEqual(400)
})

test('a client thinks between two requests of one connection', async () => {
  const { port, seen } = await httpServer()
  const figures = await load(
    plan(port, { service: 'http', clients: 1, connections: 1, requests: 5, think: 50 }),
  )
  expect(figures).toMatchObject({ requests: 5, connects: 1 })
  expect(seen.connections).toBe(1)
  // The latencies do not hold the thinking.
  expect(figures.elapsed).toBeGreaterThanOrEqual(195)
})

test('with a rate it is requests that are due', async () => {
  const { port } = await httpServer()
  const figures = await load(
    plan(port, { service: 'http', clients: 4, connections: 2, requests: 10, rate: 200 }),
  )
  expect(figures).toMatchObject({ requests: 80, succeeded: 8, failed: {} })
  // The last of 80 is due 79 intervals of 5 ms after the first, which may have begun late.
  expect(figures.elapsed + figures.latency.max).toBeGreaterThanOrEqual(390)
  expect(figures.service).not.toBeNull()
})

describe('a load with a duration', () => {
  test('goes on that long, and ends with what is under way answered', async () => {
    const { port, seen } = await httpServer()
    const figures = await load(plan(port, { ...amounts, requests: 1_000_000, duration: 300 }))
    expect(figures).toMatchObject({ succeeded: 3, connects: 3, failed: {}, stopped: false })
    expect(figures.requests).toBe(seen.requests)
    expect(figures.requests).toBeGreaterThan(3)
    expect(figures.planned).toBe(3)
    expect(figures.elapsed).toBeGreaterThanOrEqual(200)
  })

  test('begins no connection afterwards', async () => {
    const { port, accepted } = await serverThat(answer)
    const figures = await load(plan(port, { duration: 200 }))
    expect(figures.succeeded).toBe(accepted())
    expect(figures).toMatchObject({ failed: {}, planned: figures.succeeded })
  })

  test('does not wait for clients that think', async () => {
    const { port } = await httpServer()
    const figures = await load(
      plan(port, { service: 'http', clients: 2, requests: 100, duration: 100, think: 60_000 }),
    )
    expect(figures).toMatchObject({ requests: 2, succeeded: 2, failed: {} })
  })
})
