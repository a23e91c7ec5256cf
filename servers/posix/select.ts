import { addon } from './addon.ts'
import { once, resumeWithin } from './call.ts'

/** A set holds descriptors below this number; no more fit. Source: select(2). */
export const FD_SETSIZE = 1024

/** The textbook's fd_set: a bit for each descriptor below FD_SETSIZE. Source: select(2). */
export class FdSet {
  readonly bits = new Int32Array(FD_SETSIZE / 32)

  /** Throws a RangeError for a descriptor that the set has no bit for. */
  add(fd: number): void {
    if (fd >= FD_SETSIZE) throw new RangeError(`descriptor ${fd} does not fit into a set of ${FD_SETSIZE}`)
    this.bits[fd >> 5]! |= 1 << (fd & 31)
  }

  delete(fd: number): void {
    this.bits[fd >> 5]! &= ~(1 << (fd & 31))
  }

  has(fd: number): boolean {
    return (this.bits[fd >> 5]! & (1 << (fd & 31))) !== 0
  }

  clear(): void {
    this.bits.fill(0)
  }
}

/**
 * Waits until a descriptor below `n` can be read or written, or the milliseconds are over (null: no limit). The
 * sets are left with the descriptors that are ready; returns how many. Throws PosixError, and a RangeError for `n` above
 * FD_SETSIZE. Source: select(2).
 */
export function select(
  n: number,
  readers: FdSet | null,
  writers: FdSet | null,
  milliseconds: number | null = null,
): number {
  if (n > FD_SETSIZE) throw new RangeError(`select looks at ${FD_SETSIZE} descriptors, not at ${n}`)
  // The call leaves the sets as it found them when a signal interrupts it.
  return resumeWithin('select', milliseconds, (left) =>
    addon.select!(n, readers?.bits ?? null, writers?.bits ?? null, left),
  )
}

/**
 * As select, without any protection from signals: one that came before the call does not keep it from waiting, and
 * one that comes meanwhile ends it. Returns how many descriptors are ready. Throws PosixError (EINTR), after the handlers
 * have run. Source: select(2).
 */
export function unprotectedSelect(n: number, readers: FdSet | null, writers: FdSet | null): number {
  return once('select', () => addon.selectUnguarded!(n, readers?.bits ?? null, writers?.bits ?? null, -1))
}
