import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { nativePath } from '../../../servers/posix/native.ts'
import { decodePerfEvent } from '../../../src/observe/perf/decode-perf-event.ts'
import { type PerfRecord, RecordReader } from '../../../src/observe/perf/read-records.ts'
import { RECORD } from '../../../src/observe/perf/record-layout.ts'
import { needsOf } from '../../../src/observe/perf/what-perf-needs.ts'
import { temporaryFolder } from '../../support/compile.ts'
import { python } from '../../support/python.ts'
import { startProgram } from '../../support/start-program.ts'
import { until } from '../../support/until.ts'
import { acceptIds, compileServer, end, mayWatch, needs, startServer, visit, why } from './watch.ts'

test('asking this machine what perf needs gives an answer, whoever asks', () => {
  expect(needs.available).toBe(needs.scope !== 'none')
  if (needs.scope !== 'system') expect(needs.reason).toMatch(/\.$/)
})

describe.skipIf(!mayWatch)(`in another user's place${why}`, () => {
  test('nobody sees accepts, forks and ends of its own server, when it has the ids', async () => {
    const server = compileServer({ isStatic: true })
    const { program, pid, port, go } = await startServer('setpriv', ...NOBODY, server, 'fork', '0')
    const reader = await startReader(pid, ...Object.values(acceptIds()).map(String))
    go()
    await visit(port, 200)
    await end(program)
    const records = await reader.stop()
    expect(needsOf(records[0]!)).toMatchObject({ available: true, scope: 'own' })
    expect(needsOf(records[0]!).reason).toContain('run as root')
    const accepts = records.filter(({ kind }) => kind === RECORD.accepts)
    expect(accepts.reduce((total, { b }) => total + b, 0)).toBe(200)
    const told = records.flatMap((record) => decodePerfEvent(record) ?? [])
    expect(told.filter(({ type }) => type === 'forked')).toHaveLength(200)
    expect(told.filter(({ type }) => type === 'ended')).toHaveLength(201)
    expect(records.filter(({ kind }) => kind === RECORD.lost)).toEqual([])
  })

  test('nobody sees forks without ids, and is told what is missing', async () => {
    const server = compileServer()
    const { program, pid, port, go } = await startServer('setpriv', ...NOBODY, server, 'fork', '0')
    const reader = await startReader(pid)
    go()
    await visit(port, 20)
    await end(program)
    const records = await reader.stop()
    expect(needsOf(records[0]!).sees).toMatchObject({ forks: true, accepts: false })
    expect(needsOf(records[0]!).reason).toContain('the ids of accept are in tracefs')
    expect(records.filter(({ kind }) => kind === RECORD.forked)).toHaveLength(20)
  })

  test("nobody is refused another user's server", async () => {
    const { pid } = await startServer(compileServer(), 'prefork', '1')
    const reader = await startReader(pid)
    const done = (await reader.stop()).find(({ kind }) => kind === RECORD.done)
    expect(done!.b).not.toBe(0)
  })

  test('in a pid namespace of its own, pids are those of that namespace', async () => {
    // It is pid 1 there, and prints what the reader told of it.
    const script = `import os, signal, subprocess
reader = subprocess.Popen([${JSON.stringify(nativePath('perf-reader'))}], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
told = reader.stdout.read(32)
reader.stdin.write(b'add 1\\n')
reader.stdin.flush()
while told[-32] != ${RECORD.done}: told += reader.stdout.read(32)
child = os.fork()
if child == 0: signal.pause()
os.kill(child, signal.SIGTERM)
os.waitpid(child, 0)
reader.stdin.close()
print(child, (told + reader.stdout.read()).hex())`
    const program = startProgram('unshare', ['-pf', '--mount-proc', python, '-c', script])
    await program.ended
    const [child, hex] = program.output().split(' ')
    const records = new RecordReader().read(Buffer.from(hex!.trim(), 'hex'))
    const pid = Number(child)
    expect(records.flatMap((record) => decodePerfEvent(record) ?? [])).toMatchObject([
      { type: 'found', pid: 1 },
      { type: 'found' }, // the reader itself
      { type: 'forked', pid, parent: 1 },
      { type: 'signal-sent', from: 1, to: pid, signal: 'SIGTERM' },
      { type: 'ended', pid, ending: { signal: 'SIGTERM' } },
      { type: 'reaped', pid, by: 1 },
    ])
  })
})

const NOBODY = ['--reuid', '65534', '--regid', '65534', '--clear-groups', '--']

/** perf-reader as the user nobody, who may not reach the folder of this project. */
async function startReader(pid: number, ...ids: string[]) {
  const copy = join(temporaryFolder(), 'perf-reader')
  chmodSync(dirname(copy), 0o755)
  copyFileSync(nativePath('perf-reader'), copy)
  const child = spawn('setpriv', [...NOBODY, copy, ...ids], { stdio: ['pipe', 'pipe', 'inherit'] })
  const records: PerfRecord[] = []
  const reader = new RecordReader()
  child.stdout.on('data', (bytes) => records.push(...reader.read(bytes)))
  const closed = once(child, 'close')
  child.stdin.write(`add ${pid}\n`)
  await until(() => records.some(({ kind }) => kind === RECORD.done), 'an answer')
  const stop = async () => {
    child.stdin.end()
    await closed
    return records
  }
  return { stop }
}
