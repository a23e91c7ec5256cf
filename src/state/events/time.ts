/** A moment, in milliseconds of CLOCK_MONOTONIC with fractions: one clock for the probe, /proc and the load. */
export type Instant = number

/** A span of time, in milliseconds. */
export type Duration = number
