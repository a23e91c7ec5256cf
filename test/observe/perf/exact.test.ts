import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readListeners } from '../../../src/observe/read-listeners.ts'
import { freePort } from '../../support/free-port.ts'
import { python } from '../../support/python.ts'
import { queued } from '../../support/queued.ts'
import { root } from '../../support/root.ts'
import { startProgram } from '../../support/start-program.ts'
import { until } from '../../support/until.ts'
import { compileServer, end, mayWatch, startServer, sum, visit, watch, why } from './watch.ts'

const CONNECTIONS = 300

describe.skipIf(!mayWatch)(`perf sees exactly what a server does that knows nothing of it${why}`, () => {
  test('a static program that forks for each connection: accepts, forks, ends, reaps and handlers', async () => {
    const { program, pid, port, go } = await startServer(compileServer({ isStatic: true }), 'fork', '0')
    const { source, events, of, accepts } = await watch(pid)
    go()
    await visit(port, CONNECTIONS)
    await end(program)
    await source.settle()

    expect(source).toMatchObject({ scope: 'system', inexact: null })
    expect(accepts()).toMatchObject([{ pid, tid: pid, accepts: CONNECTIONS }])
    const children = of('forked').map((fork) => fork.pid)
    expect(of('forked')).toMatchObject(
      Array.from({ length: CONNECTIONS }, (_, index) => ({ parent: pid, index, autoReap: false })),
    )
    const codes = new Map(of('ended').map((event) => [event.pid, event.ending]))
    expect(children.map((child) => codes.get(child))).toEqual(children.map((_, i) => ({ code: i % 3 })))
    expect(codes.get(pid)).toEqual({ code: 0 })
    const reaped = of('reaped').filter(({ by }) => by === pid)
    expect(reaped.map(({ by }) => by)).toEqual(children.map(() => pid))
    expect(reaped.map((event) => event.pid).toSorted()).toEqual(children.toSorted())

    const runs = of('signal-handled').filter(({ signal }) => signal === 'SIGCHLD')
    expect(program.output()).toContain(
      `handler ran ${runs.reduce((total, { count }) => total + count, 0)} times`,
    )
    expect(of('signal-sent')).toMatchObject([
      { from: process.pid, to: pid, signal: 'SIGTERM', outcome: 'delivered', count: 1 },
    ])
    // A process is forked before anything else is told of it, and after its end only that it was reaped.
    for (const child of children) {
      const about = events.filter((event) => 'pid' in event && event.pid === child).map(({ type }) => type)
      expect(about).toEqual(['forked', 'ended', 'reaped'])
    }
  })

  test('a dynamic program whose children accept: who accepted how many, who was ended by whom', async () => {
    const { program, pid, port, go } = await startServer(compileServer(), 'prefork', '4')
    const { source, of, accepts } = await watch(pid)
    go()
    await visit(port, CONNECTIONS)
    await end(program)
    await source.settle()

    const children = of('forked').map((fork) => fork.pid)
    expect(children).toHaveLength(4)
    expect(sum(accepts())).toBe(CONNECTIONS)
    expect(children).toEqual(expect.arrayContaining(accepts().map((thread) => thread.pid)))
    expect(of('signal-sent').filter(({ from }) => from === pid)).toMatchObject(
      children.map((to) => ({ to, signal: 'SIGTERM', outcome: 'delivered' })),
    )
    expect(of('reaped').filter(({ by }) => by === pid)).toMatchObject(
      children.map((child) => ({ pid: child, ending: { signal: 'SIGTERM' } })),
    )
  })

  test('threads that make the system call themselves, as those of Go', async () => {
    const { program, pid, port, go } = await startServer(compileServer(), 'threads', '3')
    const { source, of, accepts } = await watch(pid)
    go()
    await visit(port, CONNECTIONS)
    await end(program)
    await source.settle()

    expect(sum(accepts())).toBe(CONNECTIONS)
    expect(new Set(accepts().map((thread) => thread.pid))).toEqual(new Set([pid]))
    expect(accepts().every(({ tid }) => tid !== pid)).toBe(true)
    expect(of('forked')).toEqual([])
    expect(of('ended')).toMatchObject([{ pid, ending: { code: 0 } }])
  })

  test("Python's ForkingTCPServer", async () => {
    const port = await freePort()
    const program = startProgram(python, [join(root, 'test/fixtures/forking.py'), `${port}`])
    const { source, of, accepts } = await watch(program.pid)
    await until(() => listens(port), 'a listener')
    await visit(port, CONNECTIONS, '1')
    await source.settle()

    expect(sum(accepts())).toBe(CONNECTIONS)
    expect(of('forked')).toHaveLength(CONNECTIONS)
    expect(of('ended').every(({ ending }) => ending !== null && 'code' in ending)).toBe(true)
    expect(queued(port)).toBe(0)
  })

  test('when its connections were established, by their ports', async () => {
    const { pid, port, go } = await startServer(compileServer(), 'prefork', '2')
    const { source, of } = await watch(pid)
    await source.watchPorts([port])
    go()
    const clients = new Set(await visit(port, 50))
    await source.settle()
    // Others may have a listener on the same port of another address.
    const ours = of('established').filter(({ peerPort }) => clients.has(peerPort))
    expect(ours.map((event) => event.port)).toEqual(Array.from({ length: 50 }, () => port))
    expect(new Set(ours.map(({ peerPort }) => peerPort))).toEqual(clients)
  })

  test('a server that runs already, with the children that it has', async () => {
    const { pid, port, go } = await startServer(compileServer(), 'prefork', '3')
    go()
    await visit(port, 10)
    const { source, of, accepts } = await watch(pid)
    await visit(port, 40)
    await source.settle()
    expect(of('found')).toHaveLength(4)
    expect(of('forked')).toEqual([])
    expect(sum(accepts())).toBe(40)
  })
})

function listens(port: number): boolean {
  return readListeners().some((listener) => listener.port === port)
}
