import { allPids } from '../../src/observe/process-facts.ts'
import { bearsRun } from '../../src/supervise/find-run.ts'

/**
 * The pids of the living processes that bear the run id, or one that begins with it, the newest first. A zombie has no
 * environment, so it is not among them.
 */
export function findRun(run: string): number[] {
  return allPids()
    .sort((a, b) => b - a)
    .filter((pid) => bearsRun(pid, run))
}
