/**
 * A server in pid and user namespaces of its own may not look into our /proc/PID/fd. Descriptors that it is to open by
 * path are handed to its launcher, which is process 1 there, as the ones from this number on.
 */
const FIRST = 5

/** The path by which such a server opens the descriptor that was handed over in that place, from 0. */
export function handedPath(place: number): string {
  return `/proc/1/fd/${FIRST + place}`
}
