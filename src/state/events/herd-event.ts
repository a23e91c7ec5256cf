import type { Instant } from './time.ts'

/** What the lab `herd` finds, which compares several servers, one after the other. */
export type HerdEvent =
  | { type: 'herd-started'; at: Instant; children: number; connections: number }
  | { type: 'herd-measured'; at: Instant; row: HerdRow }
  | { type: 'herd-ended'; at: Instant; interrupted: boolean }

/** What the processes of one server did while they accepted so many connections. */
export type HerdRow = {
  /** What they waited in, as the table calls it. */
  waitsIn: string
  accepts: number
  /** How often they gave up their processor to wait. */
  switches: number
  wakeups: number
  eagain: number
}
