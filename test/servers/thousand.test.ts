import { readdirSync } from 'node:fs'
import type { Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { FD_SETSIZE } from '../../servers/posix/index.ts'
import type { Options } from '../../src/options/table.ts'
import { open } from '../support/ask.ts'
import { type Server, startServer } from '../support/start-server.ts'
import { until } from '../support/until.ts'

/** No more at a time than the listener's queue holds. */
const BATCH = 100
/** So small that the server has to raise it: the shell's default in many places. */
const DESCRIPTORS = ['sh', '-c', 'ulimit -S -n 256 && exec "$@"', 'sh']

/** A client that holds its connection open, and knows what it was told and whether it was turned away. */
class Holder {
  readonly socket: Socket
  heard = ''
  isClosed = false

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk) => {
      this.heard += chunk
    })
    socket.on('error', () => {}) // whoever is turned away may be so before it was read
    socket.on('close', () => {
      this.isClosed = true
    })
  }

  say(word: string): void {
    this.heard = ''
    this.socket.write(word)
  }
}

let server: Server
const holders: Holder[] = []
const begin = async (model: string, given: Partial<Options> = {}) => {
  server = await startServer(model, { service: 'echo', ...given }, { before: DESCRIPTORS })
}
afterEach(async () => {
  for (const { socket } of holders.splice(0)) socket.destroy()
  await server.end()
})

/** Opens so many connections and speaks on each; resolves when each is answered or turned away. */
async function hold(count: number): Promise<Holder[]> {
  const added: Holder[] = []
  while (added.length < count) {
    const sockets = Array.from({ length: Math.min(BATCH, count - added.length) }, () => open(server.port))
    const batch = (await Promise.all(sockets)).map((socket) => new Holder(socket))
    await talk(batch, 'one')
    added.push(...batch)
  }
  holders.push(...added)
  return added
}

async function talk(clients: Holder[], word: string): Promise<void> {
  for (const client of clients) client.say(word)
  await until(
    () => clients.every(({ heard, isClosed }) => isClosed || heard.startsWith(`Echo=>${word} at `)),
    `an answer to ${clients.length} clients`,
  )
}

const openDescriptors = () => readdirSync(`/proc/${server.pid}/fd`).length
const served = (clients: Holder[]) => clients.filter(({ isClosed }) => !isClosed)

test.each<[string, Partial<Options>]>([
  ['poll', {}],
  ['epoll', {}],
  ['epoll', { edge: true }],
  ['event-loop', {}],
  ['thread', {}],
  ['cluster', {}],
])('%s %o serves more than 1,000 connections that are open at once', async (model, given) => {
  await begin(model, given)
  const before = openDescriptors()
  const clients = await hold(1100)
  expect(served(clients)).toHaveLength(1100)
  if (model !== 'cluster') expect(openDescriptors()).toBe(before + 1100)
  await talk(clients, 'two')
  expect(served(clients)).toHaveLength(1100)
})

test('select turns away who does not fit into its set, says so, and goes on', async () => {
  await begin('select')
  const places = FD_SETSIZE - openDescriptors()
  const clients = await hold(1100)
  expect(served(clients)).toHaveLength(places)
  const turnedAway = await until(() => {
    const lines = server.errors().trimEnd().split('\n')
    return lines.length >= 1100 - places && lines
  }, 'a line for each')
  expect(turnedAway).toEqual(
    Array(1100 - places).fill(
      `[${server.pid}] client turned away: descriptor ${FD_SETSIZE} does not fit into a set of ${FD_SETSIZE}`,
    ),
  )

  const inside = served(clients)
  await talk(inside, 'two')
  expect(served(inside)).toHaveLength(places)

  for (const { socket } of inside.slice(0, 50)) socket.destroy()
  await until(() => openDescriptors() === FD_SETSIZE - 50, 'fifty places')
  const late = await hold(60)
  expect(served(late)).toHaveLength(50)
  await talk(served(holders), 'three')
  expect(served(holders)).toHaveLength(places)
})
