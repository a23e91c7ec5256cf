import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** The environment variable that everything started for one run bears. */
export const RUN = 'CSDESIGN_RUN'

/** A run id that nobody has used. When we bear one ourselves it comes first, so that ours can be told by it too. */
export function newRunId(): string {
  return [process.env[RUN], randomUUID()].filter(Boolean).join('/')
}

/**
 * The living processes that bear the run id, or one that begins with it, the newest first, each as soon as it is
 * found: one that lives on in child after child must be caught between two of them. Give the same set of `strangers`
 * to look again at the new ones only. A zombie has no environment, so it is not among them.
 */
export function* eachOfRun(run: string, strangers = new Set<number>()): Generator<number> {
  const pids = readdirSync('/proc').map(Number).filter(Boolean)
  for (const pid of pids.sort((a, b) => b - a)) {
    if (strangers.has(pid)) continue
    const bears = bearsRun(pid, run)
    if (bears) yield pid
    else if (bears === false) strangers.add(pid)
  }
}

/** Whether the process bears the run id, or one that begins with it; null when it has no environment that we may read. */
export function bearsRun(pid: number, run: string): boolean | null {
  const environment = readEnvironment(pid)
  if (environment.some((setting) => `${setting}/`.startsWith(`${RUN}=${run}/`))) return true
  return environment.length > 1 ? false : null
}

/** The pids of the living processes that bear the run id, or one that begins with it. */
export function findRun(run: string): number[] {
  return [...eachOfRun(run)]
}

/** Each as NAME=VALUE. */
function readEnvironment(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')
  } catch {
    return [] // it has ended, or belongs to somebody else
  }
}
