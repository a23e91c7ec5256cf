import { execFileSync } from 'node:child_process'
import { readlinkSync } from 'node:fs'

/** The device of the terminal that the process has for its standard input. */
export function deviceOf(pid: number): string {
  return readlinkSync(`/proc/${pid}/fd/0`)
}

/** Whether the terminal is in raw mode, given a process on it or its device. */
export function isRaw(terminal: number | string): boolean {
  const device = typeof terminal === 'number' ? deviceOf(terminal) : terminal
  return / -icanon| -isig/.test(execFileSync('stty', ['-F', device, '-a'], { encoding: 'utf8' }))
}
