import type { Socket } from 'node:net'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { nativePath } from '../../servers/posix/native.ts'
import { fromNanoseconds } from '../clock.ts'
import type { Duration, Instant } from '../state/event.ts'
import { RUN } from './find-run.ts'
import type { Haste } from './launch-server.ts'

/** What the launcher tells: a word and numbers, such as the pid and the wait status of one that `ended`. */
export type LauncherReport = { at: Instant; word: string; numbers: number[] }

export type Launcher = {
  /** Of its first process, which leads a session of its own; null when it could not be started. */
  pid: number | null
  reports: AsyncIterable<LauncherReport>
  /** Orders. Losing the channel is an order to end, too. */
  start(): void
  stop(haste: Haste): void
  abandon(): void
  /** Resolves when it has ended: null, or the errno for which it could not be started. */
  ended: Promise<string | null>
}

export type LauncherOptions = {
  command: string[]
  /** Set for the command alone: what the launcher inherits must not change what the launcher does. */
  env: Record<string, string>
  cwd: string
  run: string
  /** What asks the server to end, and how long it has then. */
  stopSignal: NodeJS.Signals
  graceMs: Duration
  /** Whether the server gets a pid namespace of its own. */
  contain: boolean
  /** Descriptors of ours that it may then open by path: see handed-files.ts. */
  files: number[]
}

/** Starts a launcher, which waits for the order to start the command. See launcher.c. */
export function startLauncher(options: LauncherOptions): Launcher {
  const { command, env, cwd, run, stopSignal, graceMs, contain, files } = options
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  const how = [
    'run',
    constants.signals[stopSignal],
    graceMs,
    ...(contain ? [`contain=${files.length}`] : []),
  ].map(String)
  // Its types have numbers in the first three places only.
  const handed = files as unknown as 'pipe'[]
  const launcher = execa(nativePath('launcher'), [...how, ...settings, '--', ...command], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe', ...handed],
    buffer: false,
    reject: false,
    // It ends when we do by itself, so no handlers are needed in this process.
    cleanup: false,
    extendEnv: true,
    env: { [RUN]: run },
    cwd,
  })
  // Both are Unix sockets, open in both directions.
  const [, , , control, reports] = launcher.stdio as unknown as Socket[]
  control!.on('error', () => {}) // it was killed, which the end of its reports tells too
  const order = (letter: string) => control!.writable && control!.write(letter)
  return {
    pid: launcher.pid ?? null,
    reports: parse(reports!),
    start: () => order('.'),
    stop: (haste) => order({ none: 's', soon: 'h', now: 'k' }[haste]),
    abandon: () => control!.destroy(),
    ended: launcher.then(({ code }) => code ?? null),
  }
}

async function* parse(reports: Socket): AsyncIterable<LauncherReport> {
  for await (const line of createInterface({ input: reports })) {
    const [, time, word = '', rest = ''] = /^(\d+) (\w+)(.*)/.exec(line) ?? []
    // A launcher that is killed may leave half a line.
    if (time) yield { at: fromNanoseconds(BigInt(time)), word, numbers: rest.trim().split(' ').map(Number) }
  }
}
