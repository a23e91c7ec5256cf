import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { models } from '../../servers/catalog.ts'
import type { Options } from '../../src/options/table.ts'
import { ask } from '../support/ask.ts'
import { limit } from '../support/calibration.ts'
import { findRun } from '../support/find-run.ts'
import { connectNarrow, type NarrowClient } from '../support/narrow-client.ts'
import { queued } from '../support/queued.ts'
import { type Server, startServer } from '../support/start-server.ts'
import { until } from '../support/until.ts'

type Given = Partial<Options>

const POOL = 2
/** Where nobody ever waits for another, this many stand for any number. */
const MANY = 5

/** Designs in which no client waits for another. */
const nobodyWaits: [string, Given][] = [
  ['fork', {}],
  ['thread', {}],
  ['select', {}],
  ['poll', {}],
  ['epoll', {}],
  ['epoll', { edge: true }],
  ['event-loop', {}],
  ['cluster', {}],
  ['cluster', { schedule: 'none' }],
]

/** Designs that serve so many at once; the next waits until one of them leaves. */
const places: [string, Given, number][] = [
  ['iterative', {}, 1],
  ['prefork', {}, POOL],
  ['prefork', { lock: 'flock' }, POOL],
  ['prefork', { lock: 'mutex' }, POOL],
  ['prefork-fd', {}, POOL],
  ['prefork-select', {}, POOL],
  ['prefork-epoll', {}, POOL],
  ['prefork-epoll', { exclusive: true }, POOL],
  ['prethread', {}, POOL],
  ['prethread', { lock: 'mutex' }, POOL],
  ['prethread-dispatch', {}, POOL],
]

test('every model of the catalogue is here', () => {
  const here = [...nobodyWaits, ...places].map(([model]) => model)
  expect(new Set([...here, 'reuseport'])).toEqual(new Set(models.map(({ name }) => name)))
})

const isServed = async (port: number) => (await ask(port, '4096\n')).bytes.length === 4096

type BadClients = {
  /** Waits as long as an answer could take by any measure. */
  longEnough(): Promise<unknown>
  leaveOne(): void
  leave(): void
}

function silent(port: number, count: number): BadClients {
  const clients = Array.from({ length: count }, () => connectNarrow(port))
  return { longEnough: () => sleep(limit(100)), ...leaving(clients) }
}

async function slowReaders(port: number, count: number): Promise<BadClients> {
  const clients = Array.from({ length: count }, () => connectNarrow(port, '1048576\n'))
  for (const client of clients) await until(() => client.readByte(), 'a first byte')
  let seconds = 0
  const timer = setInterval(() => {
    if (clients.map((client) => client.readByte()).every(Boolean)) seconds++
  }, 1000)
  const { leaveOne, leave } = leaving(clients)
  return {
    longEnough: () => until(() => seconds > 0, 'a second byte for each'),
    leaveOne,
    leave() {
      clearInterval(timer)
      leave()
    },
  }
}

function leaving(clients: NarrowClient[]) {
  const leaveOne = () => clients.pop()!.leave()
  const leave = () => {
    while (clients.length > 0) leaveOne()
  }
  return { leaveOne, leave }
}

const kinds: [string, (port: number, count: number) => BadClients | Promise<BadClients>][] = [
  ['say nothing', silent],
  ['read a byte of 1 MiB in a second', slowReaders],
]

let server: Server
const start = (model: string, given: Given) => async () => {
  server = await startServer(model, { ...given, children: POOL })
}

function resetsAreHarmless(): void {
  test('whoever resets after half a request, or after none, takes no process and no other client along', async () => {
    const before = findRun(server.run)
    for (const request of ['', '1', '104', '1048576', '1048576\n'])
      for (let i = 0; i < 4; i++) {
        const rude = connectNarrow(server.port, request)
        // Half a count is a count, too: it is answered, and the others need not wait for what would have followed.
        if (['1', '104'].includes(request)) expect(await isServed(server.port)).toBe(true)
        const next = isServed(server.port)
        rude.reset()
        expect(await next).toBe(true)
      }
    expect(findRun(server.run)).toEqual(expect.arrayContaining(before))
  })
}

describe.each(nobodyWaits)('%s %o', (model, given) => {
  beforeAll(start(model, given))
  afterAll(() => server.end())

  resetsAreHarmless()

  test.each(kinds)('while clients %s all others are served', async (_, connect) => {
    const bad = await connect(server.port, MANY)
    try {
      const enough = bad.longEnough()
      for (let i = 0; i < 10; i++) expect(await isServed(server.port)).toBe(true)
      await enough
      expect(await isServed(server.port)).toBe(true)
    } finally {
      bad.leave()
    }
  })
})

describe.each(places)('%s %o', (model, given, count) => {
  beforeAll(start(model, given))
  afterAll(() => server.end())

  resetsAreHarmless()

  test.runIf(count > 1).each(kinds)('while one too few %s all others are served', async (_, connect) => {
    const bad = await connect(server.port, count - 1)
    try {
      for (let i = 0; i < 10; i++) expect(await isServed(server.port)).toBe(true)
    } finally {
      bad.leave()
    }
  })

  test.each(kinds)('while as many as have place %s others wait until one leaves', async (_, connect) => {
    const bad = await connect(server.port, count)
    try {
      let served = 0
      const others = [1, 2, 3].map(() => isServed(server.port).then((good) => (served += Number(good))))
      // A dispatcher has a queue of its own.
      if (model !== 'prethread-dispatch') await until(() => queued(server.port) === 3, 'three who wait')
      await bad.longEnough()
      expect(served).toBe(0)
      if (model !== 'prethread-dispatch') expect(queued(server.port)).toBe(3)
      bad.leaveOne()
      await Promise.all(others)
      expect([served, queued(server.port)]).toEqual([3, 0])
    } finally {
      bad.leave()
    }
  })
})

describe('reuseport, where the kernel chooses beforehand for whom a client waits,', () => {
  beforeAll(start('reuseport', {}))
  afterAll(() => server.end())

  resetsAreHarmless()

  test.each(kinds)(
    'clients that %s keep others waiting where they are served, and nowhere else',
    async (_, connect) => {
      const bad = await connect(server.port, 1)
      try {
        let served = 0
        const others = Array.from({ length: 40 }, () =>
          isServed(server.port).then((good) => (served += Number(good))),
        )
        await until(() => served + queued(server.port) === 40, 'an answer or a place in a queue for each')
        await bad.longEnough()
        expect([served > 0, queued(server.port) > 0, served + queued(server.port)]).toEqual([true, true, 40])
        bad.leaveOne()
        await Promise.all(others)
        expect([served, queued(server.port)]).toEqual([40, 0])
      } finally {
        bad.leave()
      }
    },
  )
})
