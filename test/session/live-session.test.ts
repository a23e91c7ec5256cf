import { expect, test } from 'vitest'
import { findModel } from '../../servers/catalog.ts'
import { defaults } from '../../src/options/table.ts'
import { loadListener } from '../../src/select/listening.ts'
import { LiveSession } from '../../src/session/live-session.ts'
import { commandTarget, modelTarget } from '../../src/session/target.ts'
import { until } from '../../src/session/until.ts'
import type { Event } from '../../src/state/event.ts'
import { freePort } from '../support/free-port.ts'
import { python } from '../support/python.ts'

async function started(name: string, children = 3) {
  const session = new LiveSession()
  const target = modelTarget(findModel(name)!, { ...defaults, children, port: await freePort() })
  await session.commands.start(target)
  await until(session, (state) => loadListener(state, target.port) !== undefined, null)
  return { session, port: target.port! }
}

test('a line of output triggers no reading: a hundred lines are a few states, and as many readings', async () => {
  const session = new LiveSession({ perf: false })
  const events: Event[] = []
  let states = 0
  session.events.subscribe((batch) => events.push(...batch))
  session.subscribe(() => states++)
  const script = 'for i in range(100): print(i, flush=True)\nimport time; time.sleep(0.3)'
  const command = [python, '-c', script]
  await session.commands.start(commandTarget(command, { host: '127.0.0.1', port: null, isAnyAnswer: true }))
  await until(session, ({ server }) => server.phase === 'gone', null)
  const readings = events.filter(({ type }) => type === 'probe-read').length
  const beats = events.filter(({ type }) => type === 'tick').length
  expect(events.filter(({ type }) => type === 'output')).toHaveLength(100)
  expect(readings).toBeLessThanOrEqual(beats)
  // One for each beat, and a few for what does not wait for one: starting, started, ended, gone.
  expect(states).toBeLessThanOrEqual(beats + 10)
  await session.commands.stop()
})

test('a living child is signalled, however late on a busy machine it told of its birth', async () => {
  const { session } = await started('prefork', 20)
  await until(session, ({ processes }) => processes.size === 21, null)
  const children = [...session.state.processes.values()].filter(({ pid }) => pid !== session.state.server.pid)
  for (const { pid } of children) session.commands.signal(pid, 'SIGCONT')
  const failed = [...session.state.log.entries].filter(
    ({ what }) => what.kind === 'signal' && typeof what.effect === 'object' && what.effect !== null,
  )
  expect(failed).toEqual([])
  await session.commands.stop()
})

test('when the server is gone, nobody is shown to listen or to be connected', async () => {
  const { session, port } = await started('iterative')
  await session.commands.connections.open('127.0.0.1', port)
  await until(session, ({ sockets }) => (sockets?.connections.length ?? 0) > 0, null)
  await session.commands.stop()
  expect(session.state.sockets).toMatchObject({ states: {}, connections: [] })
  expect(session.state.listeners).toEqual([])
})

test('a connection by hand that is still connecting ends with its server', async () => {
  const session = new LiveSession({ perf: false })
  const script = `
import socket, time
listener = socket.create_server(('127.0.0.1', ${await freePort()}), backlog=0)
print('ready', flush=True)
time.sleep(600)`
  const command = [python, '-c', script]
  await session.commands.start(commandTarget(command, { host: '127.0.0.1', port: null, isAnyAnswer: true }))
  await until(session, (state) => loadListener(state, null) !== undefined, null)
  const { port } = loadListener(session.state, null)!
  // The queue takes one or two; those behind them wait in the handshake.
  const attempts = Array.from({ length: 4 }, () => session.commands.connections.open('127.0.0.1', port))
  const outcomes = Promise.allSettled(attempts)
  await until(session, ({ manualConnects }) => manualConnects > 0, null)
  await session.commands.stop()
  const late = (await outcomes).filter(({ status }) => status === 'rejected')
  expect(late.length).toBeGreaterThan(0)
  for (const each of late) expect(String((each as PromiseRejectedResult).reason)).toContain('was stopped')
})
