import { describe, expect, test } from 'vitest'
import { models } from '../../servers/catalog.ts'
import { freePort } from '../support/free-port.ts'
import { python } from '../support/python.ts'
import { runCli } from '../support/run-cli.ts'
import { runJson } from '../support/run-json.ts'

const able = models.filter(({ choices }) => choices?.service === undefined).map(({ name }) => name)
const CONNECTIONS = 60
const REQUESTS = 600
const amounts = ['-c', '6', '-t', '10', '--requests', '10']

test.each(able)('%s serves ten requests on each connection, each counted once', async (model) => {
  const report = await runJson(
    model,
    ...['--service', 'http', '-b', '100', ...amounts, '--port', `${await freePort()}`],
  )
  expect(report).toMatchObject({
    code: 0,
    load: { succeeded: CONNECTIONS, requests: REQUESTS, statuses: { 200: REQUESTS }, retried: 0, failed: {} },
    balance: { connects: CONNECTIONS, accepts: CONNECTIONS, queued: 0, refused: 0 },
  })
})

test('thread says why it does not', async () => {
  const { code, stderr } = await runCli('run', 'thread', '--service', 'http', '--port', `${await freePort()}`)
  expect([code, stderr]).toEqual([
    2,
    '--service of thread takes bytes or echo, not "http": its threads run no JavaScript.\n',
  ])
})

describe('a server of somebody else’s', () => {
  test('that speaks HTTP is asked in HTTP without being told, and both sides agree', async () => {
    const port = `${await freePort()}`
    const server = [python, '-m', 'http.server', '--bind', '127.0.0.1', port]
    const report = await runJson('--port', port, '-c', '3', '-t', '10', '--requests', '2', '--', ...server)
    // It closes after each answer, so that each request is a connection.
    expect(report).toMatchObject({
      code: 0,
      load: { succeeded: 30, requests: 60, statuses: { 200: 60 }, failed: {} },
      balance: { connects: 60, accepts: 60, queued: 0, refused: 0 },
    })
  })

  test('for a time instead of a number of connections', async () => {
    const port = `${await freePort()}`
    const server = [python, '-m', 'http.server', '--bind', '127.0.0.1', port]
    const { code, load, balance } = await runJson('--port', port, '--duration', '300ms', '--', ...server)
    expect(code).toBe(0)
    expect(load.requests).toBeGreaterThan(0)
    expect(load).toMatchObject({ succeeded: load.requests, connections: load.requests, failed: {} })
    expect(balance).toMatchObject({ connects: load.requests, accepts: load.requests })
  })
})
