import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach } from 'vitest'
import type { PerfEvent, ThreadAccepts } from '../../../src/observe/perf/perf-event.ts'
import { PerfSource } from '../../../src/observe/perf/perf-source.ts'
import { whatPerfNeeds } from '../../../src/observe/perf/what-perf-needs.ts'
import { receiveAll } from '../../support/ask.ts'
import { temporaryFolder } from '../../support/compile.ts'
import { type Program, startProgram } from '../../support/start-program.ts'
import { until } from '../../support/until.ts'

/** What is permitted here; a suite that needs more is skipped, and its title says why. */
export const needs = await whatPerfNeeds()
export const mayWatch = needs.scope === 'system'
export const why = mayWatch ? '' : ` (skipped: ${needs.reason})`

const sources: PerfSource[] = []

afterEach(async () => {
  for (const source of sources.splice(0)) await source.stop()
})

/** A source, what it told so far, and its figures. It is stopped when the test is over. */
export async function watch(...pids: number[]) {
  const events: PerfEvent[] = []
  const source = await PerfSource.start({ emit: (told) => events.push(...told) })
  sources.push(source)
  for (const pid of pids) await source.add(pid)
  return { source, events, of: typed(events), accepts: () => acceptsIn(events) }
}

/** Those events that are of a type. */
export function typed(events: readonly PerfEvent[]) {
  return <T extends PerfEvent['type']>(type: T) =>
    events.filter((event): event is Extract<PerfEvent, { type: T }> => event.type === type)
}

/** What each thread accepted in all. */
export function acceptsIn(events: readonly PerfEvent[]): ThreadAccepts[] {
  const sums = new Map<string, ThreadAccepts>()
  for (const change of typed(events)('accepted').flatMap(({ changes }) => changes)) {
    const key = `${change.pid} ${change.tid} ${change.born}`
    const { accepts, eagain } = sums.get(key) ?? { accepts: 0, eagain: 0 }
    sums.set(key, { ...change, accepts: accepts + change.accepts, eagain: eagain! + change.eagain! })
  }
  return [...sums.values()]
}

export const sum = (threads: readonly ThreadAccepts[]) =>
  threads.reduce((total, { accepts }) => total + accepts, 0)

/** Compiles server.c, or another source of this folder. The program may be run by anybody. */
export function compileServer({ isStatic = false, source = 'server.c' } = {}): string {
  const program = join(temporaryFolder(), 'server')
  chmodSync(dirname(program), 0o755)
  const flags = ['-std=gnu11', '-Wall', '-Wextra', '-Werror', '-pthread', ...(isStatic ? ['-static'] : [])]
  const { status, stderr } = spawnSync(
    process.env.CC || 'cc',
    [...flags, '-o', program, join(import.meta.dirname, source)],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(stderr)
  return program
}

/** A program that waits, once it has told its port, for a word on its standard input. */
export async function startServer(command: string, ...args: string[]) {
  const program = startProgram(command, args)
  const port = Number(await until(() => /port (\d+)/.exec(program.output())?.[1], 'the port'))
  return { program, pid: program.pid, port, go: () => program.process.stdin!.write('.') }
}

export async function end(program: Program): Promise<void> {
  program.process.kill('SIGTERM')
  await program.ended
}

/** Makes so many connections, some at a time, and waits for the end of each. Returns their own ports. */
export async function visit(port: number, connections: number, request = '', atOnce = 8): Promise<number[]> {
  let begun = 0
  const ports: number[] = []
  const client = async () => {
    while (begun++ < connections) {
      const socket = connect({ port, host: '127.0.0.1' })
      if (request) socket.write(request)
      socket.once('connect', () => ports.push(socket.localPort!))
      const { bytes, error } = await receiveAll(socket)
      if (error || bytes.length !== 1) throw new Error(`a connection failed: ${error ?? 'no answer'}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, client))
  return ports
}

/** Waits for a word, then does what the script says. */
export const waiting = (script: string) => `import os, signal, sys
print('ready', flush=True)
sys.stdin.read(1)
${script}
print('done', flush=True)
sys.stdin.read()`

/** Gives that word, and waits until the script is done. */
export async function finish(program: Program) {
  program.process.stdin!.write('.')
  await until(() => program.output().includes('done'), 'the end of the script')
}

/** The ids of tracepoints, as root reads them, in a mount namespace that nobody else sees. */
export function acceptIds() {
  const read = (name: string) => `cat /sys/kernel/tracing/events/syscalls/${name}/id`
  const script = `mountpoint -q /sys/kernel/tracing || mount -t tracefs tracefs /sys/kernel/tracing
${read('sys_exit_accept')}; ${read('sys_exit_accept4')}`
  const args = ['-m', '--propagation', 'private', 'sh', '-c', script]
  const [accept = 0, accept4 = 0] = execFileSync('unshare', args, { encoding: 'utf8' })
    .split('\n')
    .map(Number)
  return { accept, accept4 }
}
