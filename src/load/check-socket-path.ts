/** sizeof sun_path, without the NUL behind the path. Source: unix(7). */
const LONGEST_PATH = 107

/** Throws what is allowed, as the end of the sentence "--unix takes …". */
export function checkSocketPath(path: string): void {
  if (path === '' || path.includes('\0') || new TextEncoder().encode(path).length > LONGEST_PATH)
    throw new Error(`the path of a Unix socket, of at most ${LONGEST_PATH} bytes`)
}
