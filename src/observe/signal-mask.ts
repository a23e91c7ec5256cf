import { signalName } from '../state/signal-name.ts'

/** The names of the signals in one mask of /proc/PID/status, as SigCgt or SigIgn. Source: proc_pid_status(5). */
export function parseSignalMask(status: string, mask: string): string[] {
  const hex = new RegExp(`^${mask}:\\s*([0-9a-f]+)$`, 'm').exec(status)?.[1]
  if (!hex) return []
  const bits = BigInt(`0x${hex}`)
  const names: string[] = []
  for (let number = 1; number <= 31; number++)
    if ((bits >> BigInt(number - 1)) & 1n) names.push(signalName(number))
  return names
}
