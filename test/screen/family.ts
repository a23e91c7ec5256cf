import { readdirSync, readFileSync } from 'node:fs'

/** A process and when it started, since a pid may be given again. */
export type Member = { pid: number; started: string }

/** The process and all its living descendants. */
export function familyOf(pid: number): Member[] {
  const stat = readStat(pid)
  if (!stat) return []
  const tasks = list(`/proc/${pid}/task`).map((tid) => read(`/proc/${pid}/task/${tid}/children`))
  const children = tasks.flatMap((text) => text.split(' ').filter(Boolean).map(Number))
  return [{ pid, started: stat.started }, ...children.flatMap(familyOf)]
}

/** Whether it still lives; a zombie does not. */
export function lives({ pid, started }: Member): boolean {
  const stat = readStat(pid)
  return stat?.started === started && stat.state !== 'Z' && stat.state !== 'X'
}

/** The process in words, for a message: its state, and its command line. */
export function describe(pid: number): string {
  const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
  return `${pid} ${readStat(pid)?.state ?? 'ended'} ${command}`
}

function readStat(pid: number): { state: string; started: string } | null {
  const text = read(`/proc/${pid}/stat`)
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return text === '' ? null : { state: fields[0]!, started: fields[19]! }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return '' // it has ended
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
