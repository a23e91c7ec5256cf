/** Where a server in a pid namespace of its own finds the /proc of those outside: see launcher/contain.h. */
const OUTER_PROC = '/proc/driver'

/** The path by which such a server reaches what we reach by this one. */
export function seenFromInside(path: string): string {
  return path.startsWith('/proc/') ? OUTER_PROC + path.slice('/proc'.length) : path
}
