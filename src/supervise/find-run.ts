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
 * found: one that lives on in child after child must be caught between two of them. A zombie has no environment.
 */
export function* eachOfRun(run: string): Generator<number> {
  const pids = readdirSync('/proc').map(Number).filter(Boolean)
  for (const pid of pids.sort((a, b) => b - a)) if (`${runOf(pid)}/`.startsWith(`${run}/`)) yield pid
}

/** The pids of the living processes that bear the run id, or one that begins with it. */
export function findRun(run: string): number[] {
  return [...eachOfRun(run)]
}

function runOf(pid: number): string | undefined {
  try {
    const settings = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')
    return settings.find((setting) => setting.startsWith(`${RUN}=`))?.slice(RUN.length + 1)
  } catch {
    return undefined // it has ended, or belongs to somebody else
  }
}
