import { fstatSync } from 'node:fs'
import { readWholeProc } from './read-proc.ts'

/**
 * How a mapping of the file with this descriptor begins in /proc/PID/maps, from its device on. A name would not tell:
 * the file has none, and the probe's own path may be mapped without that anything is counted. Source: proc_pid_maps(5).
 */
export function mappingOf(fd: number): string {
  const { dev, ino } = fstatSync(fd)
  const major = (dev >>> 8) & 0xfff
  const minor = (dev & 0xff) | ((dev >>> 12) & 0xfff00)
  const hex = (n: number) => n.toString(16).padStart(2, '0')
  return ` ${hex(major)}:${hex(minor)} ${ino} `
}

/** Whether the process maps that file; false when it is gone, or not ours to look at. */
export function isMapped(pid: number, mapping: string): boolean {
  return readWholeProc(`/proc/${pid}/maps`)?.includes(mapping) ?? false
}
