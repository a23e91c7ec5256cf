import { getpid, write } from './posix/index.ts'

/** Writes one line to standard error, at once: a forked child has no event loop to do it later. */
export function log(message: string): void {
  write(2, Buffer.from(`[${getpid()}] ${message}\n`))
}
