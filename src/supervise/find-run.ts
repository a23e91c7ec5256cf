import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The environment variable that everything started for one run bears. */
export const RUN = 'CSDESIGN_RUN'

/** A run id that nobody has used. When we bear one ourselves it comes first, so that ours can be told by it too. */
export function newRunId(): string {
  return [process.env[RUN], randomUUID()].filter(Boolean).join('/')
}

/** Whether the process bears the run id, or one that begins with it; null when it has no environment that we may read. */
export function bearsRun(pid: number, run: string): boolean | null {
  const environment = readEnvironment(pid)
  if (environment.some((setting) => `${setting}/`.startsWith(`${RUN}=${run}/`))) return true
  return environment.length > 1 ? false : null
}

/** Each as NAME=VALUE. */
function readEnvironment(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')
  } catch {
    return [] // it has ended, or belongs to somebody else
  }
}
