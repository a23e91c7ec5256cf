import { addon } from './addon.ts'
import { check, resumeWithin } from './call.ts'

/** Something can be read, or a connection accepted. Source: epoll_ctl(2), as for those below. */
export const EPOLLIN = 0x001
/** Something can be written. */
export const EPOLLOUT = 0x004
/** An error; told of without being asked for. */
export const EPOLLERR = 0x008
/** Both directions are closed; told of without being asked for. */
export const EPOLLHUP = 0x010
/** Wakes one of those who wait for the same descriptor, not all. */
export const EPOLLEXCLUSIVE = 1 << 28
/** Tells of a change only, not of a state that lasts. */
export const EPOLLET = 1 << 31

const EPOLL_CTL_ADD = 1
const EPOLL_CTL_DEL = 2
const EPOLL_CTL_MOD = 3

/** Returns a descriptor for a new set of watched descriptors. Throws PosixError (EMFILE). Source: epoll_create1(2). */
export function epollCreate(): number {
  return check('epoll_create1', addon.epollCreate!())
}

/**
 * Watches the descriptor for events; `data`, an integer of 32 bits, comes back with them. Throws PosixError (EEXIST,
 * ENOSPC). Source: epoll_ctl(2).
 */
export function epollAdd(epoll: number, fd: number, events: number, data = fd): void {
  check('epoll_ctl', addon.epollControl!(epoll, EPOLL_CTL_ADD, fd, events, data))
}

/** Changes what a descriptor is watched for. Throws PosixError (ENOENT). Source: epoll_ctl(2). */
export function epollChange(epoll: number, fd: number, events: number, data = fd): void {
  check('epoll_ctl', addon.epollControl!(epoll, EPOLL_CTL_MOD, fd, events, data))
}

/** Stops watching the descriptor; closing its last copy does too. Throws PosixError (ENOENT). Source: epoll_ctl(2). */
export function epollRemove(epoll: number, fd: number): void {
  check('epoll_ctl', addon.epollControl!(epoll, EPOLL_CTL_DEL, fd, 0, 0))
}

/**
 * Waits for events, for so many milliseconds at most (null: no limit), and writes them into the array as pairs
 * of (events, data), 256 at most. Returns how many pairs. Throws PosixError. Source: epoll_wait(2).
 */
export function epollWait(epoll: number, into: Int32Array, milliseconds: number | null = null): number {
  return resumeWithin('epoll_wait', milliseconds, (left) => addon.epollWait!(epoll, into, left))
}
