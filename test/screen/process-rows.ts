import type { Screen } from './screen.ts'

/** A line of the process pane. */
export type Row = { pid: number; role: string; accepts: number; rest: string }

const ROW = /│ +(\d+) [├└│ ]*((?:parent|server|orphan|child \d+)\b.*?) +([\d,]+) (.*)│/

/** The processes that the screen shows now, from the top. */
export function processRows(screen: Screen): Row[] {
  return screen.rows().flatMap((line) => {
    const [, pid, role, accepts, rest] = ROW.exec(line) ?? []
    return pid ? [{ pid: Number(pid), role: role!, accepts: toNumber(accepts!), rest: rest!.trim() }] : []
  })
}

/** Waits for the line of that process, or of that role, to end as asked; returns it. */
export function rowShows(screen: Screen, who: number | string, pattern: RegExp): Promise<Row> {
  const found = () =>
    processRows(screen).find(({ pid, role, rest }) => (pid === who || role === who) && pattern.test(rest))
  return screen.until(() => found() ?? null, `${who}: ${pattern}`)
}

/** `12,345` as a number. */
export function toNumber(text: string): number {
  return Number(text.replaceAll(',', ''))
}
