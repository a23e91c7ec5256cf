import type { State } from '../state/state.ts'

/** The server's processes that have not ended as far as is known and were seen in /proc, with when they started. */
export function knownProcesses({ processes }: State): { pid: number; startTicks: number }[] {
  return [...processes.values()].flatMap(({ pid, startTicks, exited }) =>
    startTicks === null || exited ? [] : [{ pid, startTicks }],
  )
}
