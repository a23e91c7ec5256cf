import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { models } from '../../../servers/catalog.ts'
import { MAX_BYTES } from '../../../servers/services/bytes.ts'
import { ask, open, receiveAll } from '../../support/ask.ts'
import { type Server, startServer } from '../../support/start-server.ts'
import { until } from '../../support/until.ts'

describe.each(models.map(({ name }) => name))('%s', (model) => {
  let server: Server
  beforeAll(async () => {
    server = await startServer(model)
  })
  afterAll(() => server.end())

  const size = async (request: string, options = {}) =>
    (await ask(server.port, request, options)).bytes.length

  test('a count is answered with so many bytes, whether a newline ends it or nothing', async () => {
    for (const count of [0, 1, 9, 4096, 65_535, 65_536, 65_537, 1_000_000])
      for (const end of ['', '\n', '\r\n'])
        expect([count, await size(`${count}${end}`)]).toEqual([count, count])
    expect(await size('0012')).toBe(12)
  })

  test('a client that has said all it will is answered all the same', async () => {
    expect(await size('300000\n', { halfClose: true })).toBe(300_000)
  })

  test.each([
    ['a word', 'hello'],
    ['a negative count', '-1\n'],
    ['more than 64 MiB', `${MAX_BYTES + 1}`],
    ['far more than 64 MiB', '9'.repeat(60)],
    ['a fraction', '1.5'],
    ['hexadecimal', '0x10'],
    ['a power', '1e3'],
    ['an empty line', '\n'],
    ['a count with a space before it', ' 5'],
    ['two counts', '5\n6\n'],
    ['control characters', '\x1b[31m5\0'],
  ])('%s is answered by closing, and the reason is logged in a line', async (_, request) => {
    const before = server.errors().length
    const { bytes } = await ask(server.port, request)
    expect(bytes.length).toBe(0)
    const logged = await until(() => server.errors().slice(before) || null, 'a reason')
    expect(logged).toMatch(/^\[\d+\] connection closed: .+\n$/)
    expect(logged.trimEnd()).not.toMatch(/\p{Cc}/u)
  })

  test('a count in two pieces is answered for the first, since nothing says that more will come', async () => {
    const socket = await open(server.port, '7')
    socket.once('data', () => socket.write('5'))
    expect((await receiveAll(socket)).bytes.length).toBe(7)
  })

  test('a client that leaves without a word, or resets after half of one, takes nobody with it', async () => {
    const silent = await open(server.port)
    silent.end()
    await once(silent, 'close')
    for (const request of ['', '10', '60000000\n']) {
      const rude = await open(server.port, request)
      if (request !== '') await once(rude, 'readable')
      rude.resetAndDestroy()
    }
    for (let i = 0; i < 10; i++) expect(await size('4096')).toBe(4096)
  })

  test('forty clients at once each get their own', async () => {
    const counts = Array.from({ length: 40 }, (_, i) => 1000 * i + 1)
    expect(await Promise.all(counts.map((count) => size(String(count))))).toEqual(counts)
  })
})

test.each(['iterative', 'select'])('%s answers 64 MiB, the most there is', async (model) => {
  const server = await startServer(model)
  try {
    expect((await ask(server.port, String(MAX_BYTES))).bytes.length).toBe(MAX_BYTES)
  } finally {
    await server.end()
  }
})
