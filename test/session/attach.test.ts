import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { planFor } from '../../src/load/plan.ts'
import { findServers, parseServerName } from '../../src/observe/find-server.ts'
import { defaults } from '../../src/options/table.ts'
import { balanceOf } from '../../src/select/balance.ts'
import { loadListener, reachable } from '../../src/select/listening.ts'
import { acceptsOf } from '../../src/select/seen.ts'
import { treeOf } from '../../src/select/tree.ts'
import { LiveSession } from '../../src/session/live-session.ts'
import { attachTarget } from '../../src/session/target.ts'
import { until } from '../../src/session/until.ts'
import { freePort } from '../support/free-port.ts'
import { type Program, startPython } from '../support/start-program.ts'

const options = defaults

/** A server of three children that somebody has started: they accept, their parent has closed the listener. */
async function somebodysServer(port: number): Promise<Program> {
  return startPython(`
import os, signal, socket
listener = socket.create_server(('127.0.0.1', ${port}))
def serve():
  signal.signal(signal.SIGTERM, signal.SIG_DFL)
  while True:
    connection, _ = listener.accept()
    connection.recv(100)
    connection.sendall(b'well')
    connection.close()
children = []
for _ in range(3):
  pid = os.fork()
  if pid == 0: serve()
  children.append(pid)
listener.close()
def end(*_):
  for pid in children: os.kill(pid, signal.SIGTERM)
  for pid in children: os.waitpid(pid, 0)
  os._exit(0)
signal.signal(signal.SIGTERM, end)
print('ready', flush=True)
while True: signal.pause()`)
}

async function attached(port: number, { perf = false } = {}) {
  const [found] = findServers(parseServerName(`:${port}`))
  const session = new LiveSession({ perf })
  await session.commands.start(attachTarget(found!))
  await until(session, (state) => loadListener(state, null) !== undefined, null)
  return session
}

test('a server is found by its port, its address, its pid and the pid of a child, and is one tree', async () => {
  const port = await freePort()
  const { pid } = await somebodysServer(port)
  const found = findServers(parseServerName(`:${port}`))
  expect(found).toMatchObject([{ root: pid, listeners: [{ address: '127.0.0.1', port }] }])
  expect(findServers(parseServerName(`127.0.0.1:${port}`))).toEqual(found)
  expect(findServers(parseServerName(String(pid)))).toEqual(found)
  expect(findServers(parseServerName(`127.0.0.2:${port}`))).toEqual([])
})

test('a server that a program of the same name has started, in a session of its own, is a tree of its own', async () => {
  const port = await freePort()
  const { output } = await startPython(`
import subprocess, sys
server = "import signal, socket; s = socket.create_server(('127.0.0.1', ${port})); print('ready', flush=True); signal.pause()"
child = subprocess.Popen([sys.executable, '-c', server], start_new_session=True, stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, 'ready', flush=True)
child.wait()`)
  expect(findServers(parseServerName(`:${port}`))).toMatchObject([{ root: Number.parseInt(output(), 10) }])
})

test('a server that runs already is seen as a tree, served by load, and left alone', async () => {
  const port = await freePort()
  const { pid } = await somebodysServer(port)
  const session = await attached(port)
  const { commands } = session
  await until(session, (state) => state.processes.size === 4, null)
  expect(treeOf(session.state).map(({ role }) => role)).toEqual(['parent', 'child 0', 'child 1', 'child 2'])

  const listener = loadListener(session.state, null)!
  const load = { ...options, clients: 3, connections: 20 }
  await commands.startLoad(planFor(load, reachable(listener), port, { isAnyAnswer: true }), 0)
  expect(session.state.load.figures.succeeded).toBe(60)
  expect(balanceOf(session.state)).toMatchObject({ connects: 60, accepts: null, verdict: 'not seen' })
  for (const process of session.state.processes.values()) expect(acceptsOf(session.state, process)).toBeNull()

  await commands.stop()
  expect(session.state.server).toMatchObject({ phase: 'gone', stopRequestedAt: null })
  expect(existsSync(`/proc/${pid}`)).toBe(true)
  expect(session.state.log.entries.map(({ what }) => what.kind)).toContain('server-left')
})

test.skipIf(process.getuid!() !== 0)('as root its accepts are counted from then on, exactly', async () => {
  const port = await freePort()
  await somebodysServer(port)
  const session = await attached(port, { perf: true })
  const load = { ...options, clients: 3, connections: 20 }
  await session.commands.startLoad(planFor(load, '127.0.0.1', port, { isAnyAnswer: true }), 0)
  expect(session.state.sources.perf).toBeNull()
  expect(balanceOf(session.state)).toMatchObject({ connects: 60, accepts: 60, verdict: 'balanced' })
  await session.commands.stop()
})

test('a server that ends while it is watched is gone', async () => {
  const port = await freePort()
  const { pid, ended } = await somebodysServer(port)
  const session = await attached(port)
  await until(session, (state) => state.processes.size === 4, null)
  session.commands.signal(pid, 'SIGTERM')
  await ended
  await until(session, ({ server }) => server.phase === 'gone', null)
  expect([...session.state.signals.values()]).toContainEqual(
    expect.objectContaining({ name: 'SIGTERM', from: 'you', to: pid }),
  )
  await session.commands.stop()
})

test('what is no server is told apart', () => {
  expect(parseServerName('4711')).toEqual({ kind: 'pid', pid: 4711 })
  expect(parseServerName('[::1]:80')).toEqual({ kind: 'address', address: '::1', port: 80 })
  expect(parseServerName('/run/x.sock')).toEqual({ kind: 'unix', path: '/run/x.sock' })
  expect(parseServerName('nginx')).toEqual({ kind: 'name', name: 'nginx' })
  expect(findServers({ kind: 'pid', pid: 2 ** 22 })).toEqual([])
})
