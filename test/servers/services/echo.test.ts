import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { models } from '../../../servers/catalog.ts'
import { ctime } from '../../../servers/services/echo.ts'
import { ask, open } from '../../support/ask.ts'
import { type Server, startServer } from '../../support/start-server.ts'

const TIME = '(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ 1-3]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}'

describe.each(models.map(({ name }) => name))('%s', (model) => {
  let server: Server
  beforeAll(async () => {
    server = await startServer(model, { service: 'echo' })
  })
  afterAll(() => server.end())

  test('each message of a conversation is answered, with the time', async () => {
    const socket = await open(server.port)
    for (const message of ['Hello network world', 'a', 'two\nlines', 'ünïcödé', '\0']) {
      socket.write(message)
      const [reply] = await once(socket, 'data')
      expect(reply.toString()).toMatch(new RegExp(`^Echo=>${message} at ${TIME}$`))
    }
    socket.end()
    await once(socket, 'close')
  })

  test('a message of 1024 bytes is answered as one', async () => {
    const message = 'x'.repeat(1024)
    const { bytes } = await ask(server.port, message, { halfClose: true })
    expect(bytes.toString()).toMatch(new RegExp(`^Echo=>${message} at ${TIME}$`))
  })

  test('a longer one is answered in parts', async () => {
    const { bytes } = await ask(server.port, 'x'.repeat(1500), { halfClose: true })
    expect(bytes.toString()).toMatch(new RegExp(`^Echo=>x{1024} at ${TIME}Echo=>x{476} at ${TIME}$`))
  })

  test('the client that closes is not waited for', async () => {
    const socket = await open(server.port, 'bye')
    await once(socket, 'data')
    socket.destroy()
    const { bytes } = await ask(server.port, 'next', { halfClose: true })
    expect(bytes.toString()).toMatch(/^Echo=>next/)
  })
})

test('the time is as ctime prints it, with a space before a day below ten', () => {
  expect(ctime(new Date(2026, 10, 20, 9, 5, 3))).toBe('Fri Nov 20 09:05:03 2026')
  expect(ctime(new Date(2026, 0, 1, 23, 59, 59))).toBe('Thu Jan  1 23:59:59 2026')
})
