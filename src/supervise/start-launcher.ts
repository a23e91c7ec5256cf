import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { nativePath } from '../../servers/posix/native.ts'
import { fromNanoseconds } from '../clock.ts'
import type { Millis } from '../state/event.ts'
import { RUN } from './find-run.ts'

/** What the launcher tells: a word and numbers, such as the pid and the wait status of one that `ended`. */
export type LauncherReport = { at: Millis; word: string; numbers: number[] }

export type Launcher = {
  reports: AsyncIterable<LauncherReport>
  /** Gives the next order: the first means start, the next means stop. Losing the channel is an order to end too. */
  order(): void
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
}

/** Starts a launcher, which waits for the order to start the command. See launcher.c. */
export function startLauncher({ command, env, cwd, run }: LauncherOptions): Launcher {
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  const launcher = execa(nativePath('launcher'), ['run', ...settings, '--', ...command], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
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
  return {
    reports: parse(reports!),
    order: () => control!.writable && control!.write('.'),
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
