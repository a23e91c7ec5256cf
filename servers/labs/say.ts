import { write } from '../posix/index.ts'

/** Writes one line to standard output, at once: a process that blocks has no event loop to do it later. */
export function say(line: string): void {
  write(1, Buffer.from(`${line}\n`))
}
