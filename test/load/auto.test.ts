import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { startLoad } from '../../src/load/start-load.ts'
import type { LoadEvent, LoadFigures, LoadPlan } from '../../src/state/event.ts'
import { plan, serverThat } from './support.ts'

/** Runs a load whose protocol is to be found out, in as many workers as there would be. */
async function find(port: number, given: Partial<LoadPlan> = {}) {
  const events: LoadEvent[] = []
  const all = { clients: 6, connections: 5, service: 'auto', ...given } as const
  await startLoad(plan(port, all), 0, (event) => events.push(event)).done
  const found = events.flatMap((event) => (event.type === 'protocol-found' ? [event.found] : []))
  const end = events.at(-1)
  if (end?.type !== 'load-ended') throw new Error('the load did not end')
  return { found, figures: end.figures satisfies LoadFigures, error: end.error }
}

const onRequest = (serve: (socket: Socket, text: string) => void) => (socket: Socket) => {
  socket.on('data', (data) => serve(socket, data.toString()))
  socket.on('end', () => socket.end())
}

test('where several requests are to be made, HTTP is tried first, and no connection is made for that alone', async () => {
  const { port, accepted } = await serverThat(
    onRequest((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')),
  )
  const { found, figures } = await find(port, { requests: 3 })
  expect(found).toEqual([{ service: 'http', version: 'HTTP/1.1' }])
  expect(figures).toMatchObject({
    succeeded: 30,
    requests: 90,
    statuses: { 200: 90 },
    connects: 30,
    failed: {},
  })
  expect(accepted()).toBe(30)
})

test('the version is that of the server, also of one that closes each time', async () => {
  const { port, accepted } = await serverThat(
    onRequest((socket) => socket.end('HTTP/1.0 404 Not Found\r\n\r\nno')),
  )
  const { found, figures } = await find(port)
  expect(found).toEqual([{ service: 'http', version: 'HTTP/1.0' }])
  // The line that was no HTTP is one connection more on both sides.
  expect(figures).toMatchObject({ succeeded: 30, requests: 30, statuses: { 404: 30 }, connects: 31 })
  expect(accepted()).toBe(31)
})

test('of a server that answers something else any answer counts, the first one too', async () => {
  const { port, accepted } = await serverThat(onRequest((socket, text) => socket.end(`you said ${text}`)))
  const { found, figures } = await find(port)
  expect(found).toEqual([{ service: 'any', version: null }])
  expect(figures).toMatchObject({ succeeded: 30, requests: 30, connects: 30, failed: {} })
  expect(accepted()).toBe(30)
})

test('a server that takes a line for what it is, is not troubled with HTTP', async () => {
  const { port, accepted } = await serverThat(
    onRequest((socket, text) => socket.end(/^\d+\n$/.test(text) ? 'yes' : '')),
  )
  const { found, figures } = await find(port)
  expect(found).toEqual([{ service: 'any', version: null }])
  expect(figures).toMatchObject({ succeeded: 30, requests: 30, connects: 30, retried: 0, failed: {} })
  expect(accepted()).toBe(30)
})

test.each<[string, (socket: Socket) => void]>([
  ['closes without a word', (socket) => socket.end()],
  ['waits for the rest of a request', () => {}],
])('a server that %s when it gets a line is asked in HTTP', async (_, serveOther) => {
  const { port, accepted } = await serverThat(
    onRequest((socket, text) =>
      text.startsWith('GET ') ? socket.end('HTTP/1.1 200 OK\r\n\r\nyes') : serveOther(socket),
    ),
  )
  const { found, figures } = await find(port)
  expect(found).toEqual([{ service: 'http', version: 'HTTP/1.1' }])
  expect(figures).toMatchObject({ succeeded: 30, statuses: { 200: 30 }, connects: 31, failed: {} })
  expect(accepted()).toBe(31)
})

test('a server that sends the beginning of HTTP and no more speaks something else', async () => {
  const { port } = await serverThat(onRequest((socket) => socket.end('HTT')))
  const { found, figures } = await find(port)
  expect(found).toEqual([{ service: 'any', version: null }])
  expect(figures).toMatchObject({ succeeded: 30, failed: {} })
})

test('where nobody listens nothing is found, and all fails', async () => {
  const { found, figures, error } = await find(1)
  expect(found).toEqual([])
  expect(error).toBeUndefined()
  expect(figures).toMatchObject({ succeeded: 0, refused: 30, failed: { ECONNREFUSED: 30 } })
})
