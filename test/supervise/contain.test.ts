import { describe, expect, test } from 'vitest'
import { findModel } from '../../servers/catalog.ts'
import { planFor } from '../../src/load/plan.ts'
import { defaults, type Options } from '../../src/options/table.ts'
import { balanceOf, childBalanceOf } from '../../src/select/balance.ts'
import { loadListener, reachable } from '../../src/select/listening.ts'
import { isOver } from '../../src/select/over.ts'
import { LiveSession } from '../../src/session/live-session.ts'
import { modelTarget } from '../../src/session/target.ts'
import { until as untilState } from '../../src/session/until.ts'
import type { State } from '../../src/state/state.ts'
import { freePort } from '../support/free-port.ts'
import { startCli } from '../support/run-cli.ts'
import { reportOf } from '../support/run-json.ts'
import { python } from './support.ts'

const isRoot = process.getuid?.() === 0
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

const CONNECTIONS = 60
const CLIENTS = 3

/** The state of a contained model when every connection was made, and after its end. */
async function serve(model: string, given: Partial<Options> = {}): Promise<{ served: State; ended: State }> {
  const options = {
    ...defaults,
    clients: CLIENTS,
    connections: CONNECTIONS / CLIENTS,
    children: 3,
    contain: true,
    port: await freePort(),
    ...given,
  }
  const target = modelTarget(findModel(model)!, options)
  const session = new LiveSession()
  session.commands.watch({ threads: true, processes: 0 })
  try {
    await session.commands.start(target)
    await untilState(
      session,
      (state) => isOver(state) || loadListener(state, target.port) !== undefined,
      null,
    )
    const listener = loadListener(session.state, target.port)!
    await session.commands.startLoad(planFor(options, reachable(listener), listener.port), 0)
    await untilState(session, (state) => balanceOf(state).missing === 0, null)
    const served = session.state
    await session.commands.stop()
    return { served, ended: session.state }
  } finally {
    await session.commands.stop()
  }
}

describe('a contained server is seen as any other', () => {
  test('accepts of each process are its own, by the pid that it has outside', async () => {
    const { served, ended } = await serve('prefork')
    const workers = [...served.processes.values()].filter(({ pid }) => pid !== served.server.pid)
    expect(workers).toHaveLength(3)
    for (const { parent, startTicks } of workers)
      expect([parent, startTicks]).toEqual([served.server.pid, expect.any(Number)])
    expect(workers.reduce((sum, { counts }) => sum + counts.accepts, 0)).toBe(CONNECTIONS)
    // Where perf may look it is a second witness, which knows only the pids outside.
    for (const { perfAccepts, probeAccepts } of workers)
      if (served.sources.perf === null) expect(perfAccepts ?? 0).toBe(probeAccepts)
    expect(childBalanceOf(ended)).toMatchObject({ forked: 3, reaped: 3, missing: 0 })
    expect(ended.sources.probe).toBeNull()
  })

  test('every one of many short-lived children is told', async () => {
    const { ended } = await serve('fork')
    expect(childBalanceOf(ended)).toMatchObject({ forked: CONNECTIONS, reaped: CONNECTIONS, missing: 0 })
    expect(ended.totals.accepts).toBe(CONNECTIONS)
  })

  test('threads are those that /proc shows', async () => {
    const { served } = await serve('prethread')
    const server = served.processes.get(served.server.pid!)!
    const threads = new Set([server.pid, ...server.threadList.map(({ tid }) => tid)])
    expect([...server.threadCounts.keys()].filter((tid) => !threads.has(tid))).toEqual([])
    expect(server.counts.accepts).toBe(CONNECTIONS)
  })

  test.skipIf(!isRoot)('also in a user namespace', async () => {
    const port = String(await freePort())
    const args = ['run', 'fork', '--contain', '--json', '-p', port, '-c', '3', '-t', '20']
    const finished = await startCli(args, { before: NOBODY }).finished
    expect(finished.stderr).toBe('')
    const { balance, processes, departed } = reportOf(finished)
    expect(balance).toMatchObject({ connects: CONNECTIONS, accepts: CONNECTIONS })
    expect(processes.length + departed.processes).toBe(1 + CONNECTIONS)
    expect(finished.code).toBe(0)
  })
})

test('a contained server finds itself in /proc, and nobody else', async () => {
  const { server, story } = await python(
    `
import os
me = str(os.getpid())
print(os.readlink('/proc/self') == me, open('/proc/' + me + '/comm').read().strip() != '', os.getppid(), flush=True)
print(sorted(int(name) for name in os.listdir('/proc') if name.isdigit()), flush=True)`,
    { contain: true },
  )
  await server.gone
  expect(story.lines).toEqual(['True True 1', '[1, 2]'])
})

test('a contained server cannot stop those that are to end it', async () => {
  const { server, story } = await python(
    `
import os, signal, time
for number in (signal.SIGSTOP, signal.SIGKILL): os.kill(1, number)
print('ready', flush=True)
while True: time.sleep(60)`,
    { contain: true },
  )
  await story.line('ready')
  await server.stop()
  expect(story.all('server-ended')).toMatchObject([{ ending: { signal: 'SIGTERM' } }])
})

test.skipIf(!isRoot)("a contained server of root's can change its user", async () => {
  const { server, story } = await python(
    `
import os
os.setgroups([]); os.setgid(65534); os.setuid(65534)
print(os.getuid(), flush=True)`,
    { contain: true },
  )
  await server.gone
  expect(story.lines).toEqual(['65534'])
})

test('where the kernel forbids it, that is said in a sentence and nothing is started', async () => {
  const forbid = 'echo 0 > /proc/sys/user/max_pid_namespaces && exec "$@"'
  const before = ['unshare', '--user', '--map-root-user', 'sh', '-c', forbid, 'sh']
  const args = ['run', 'prefork', '--contain', '-p', String(await freePort())]
  const { code, stdout, stderr } = await startCli(args, { before }).finished
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(
    /^--contain needs a pid namespace, which this system does not allow \(ENOSPC\): .*\n$/,
  )
})
