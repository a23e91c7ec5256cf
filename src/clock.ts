import type { Instant } from './state/event.ts'

/** Now, in milliseconds of CLOCK_MONOTONIC: the clock of every event. */
export function monotonic(): Instant {
  return Number(process.hrtime.bigint()) / 1e6
}

/** Nanoseconds of CLOCK_MONOTONIC, as C writes them, in milliseconds. */
export function fromNanoseconds(nanoseconds: bigint): Instant {
  return Number(nanoseconds) / 1e6
}
