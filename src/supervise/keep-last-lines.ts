import { shownLine } from './keep-output.ts'
import type { OutputKeeper, OutputStream } from './read-output.ts'

/** Of each stream so much is held between two times of telling: the latest, in bytes. */
const HELD = 64 * 1024
/** At most so many lines are told at a time, of each stream. */
const LINES = 100
const NEWLINE = 10

type Tail = { held: Buffer; isCut: boolean }

/**
 * Keeps the last lines of an output, however much comes before them: what a program sums up at its end is what counts.
 * A line that is written over, after a carriage return, is told as it was in the end. No I/O.
 */
export class KeepLastLines implements OutputKeeper {
  readonly restless = false
  readonly #emit: (line: string) => void
  readonly #tails: Record<OutputStream, Tail> = { stdout: emptyTail(), stderr: emptyTail() }

  constructor(emit: (line: string) => void) {
    this.#emit = emit
  }

  take(stream: OutputStream, bytes: Buffer): void {
    const tail = this.#tails[stream]
    const room = Math.max(0, HELD - bytes.length)
    const kept = room > 0 ? tail.held.subarray(-room) : tail.held.subarray(0, 0)
    tail.isCut ||= kept.length + bytes.length > HELD || kept.length < tail.held.length
    tail.held = Buffer.concat([kept, bytes.subarray(-HELD)])
  }

  tell(): void {
    // What comes in one beat cannot be put in order; a summary is on standard output, and should stand last.
    for (const stream of ['stderr', 'stdout'] as const) {
      const tail = this.#tails[stream]
      const end = tail.held.lastIndexOf(NEWLINE) + 1
      if (end === 0) continue
      const lines = tail.held.toString('utf8', 0, end - 1).split('\n')
      // The beginning of the first one is gone, and was written over in any case if it had a carriage return.
      if (tail.isCut && !lines[0]!.includes('\r')) lines.shift()
      tail.held = Buffer.from(tail.held.subarray(end))
      tail.isCut = false
      for (const line of lines.slice(-LINES)) this.#emit(shownLine(writtenOver(line)))
    }
  }

  /** Tells a last line that has no newline, too. */
  end(stream: OutputStream): void {
    const last = this.#tails[stream].held.at(-1)
    if (last !== undefined && last !== NEWLINE) this.take(stream, Buffer.from('\n'))
    this.tell()
  }
}

function emptyTail(): Tail {
  return { held: Buffer.alloc(0), isCut: false }
}

/** What a terminal shows of a line in the end, as far as carriage returns are concerned. */
function writtenOver(line: string): string {
  return line.replace(/\r+$/, '').split('\r').at(-1)!
}
