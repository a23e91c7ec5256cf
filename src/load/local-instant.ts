/** A moment as performance.now() of this process counts it: cheaper to ask than CLOCK_MONOTONIC, which it runs along. */
export type LocalInstant = number
