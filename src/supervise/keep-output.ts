import type { Event, Instant } from '../state/event.ts'
import { stripControl } from '../state/strip-control.ts'
import type { OutputKeeper, OutputStream } from './read-output.ts'

/** At most so many lines are kept within a second, of both streams together. */
const LINES = 200
const SECOND = 1000
/** A longer line is cut. */
const CHARACTERS = 400
/** What of a line is held at all, in bytes: enough for its characters and some colour between them. */
const HELD = 4096
const NEWLINE = 10

/** The line that a stream is in the middle of. */
type Line = { held: Buffer; length: number; skipping: boolean }

/**
 * Decides what of a server's output is shown: lines, cleaned and cut, as long as a person could still read them.
 * The rest is counted, and told by `tell`, which the owner calls at intervals while `restless`. No I/O.
 */
export class KeepOutput implements OutputKeeper {
  readonly #emit: (event: Event) => void
  readonly #now: () => Instant
  readonly #lines: Record<OutputStream, Line> = { stdout: emptyLine(), stderr: emptyLine() }
  #since: Instant = Number.NEGATIVE_INFINITY
  #kept = 0
  #skipped = 0

  constructor(emit: (event: Event) => void, now: () => Instant) {
    this.#emit = emit
    this.#now = now
  }

  /** Whether something waits to be told, or for the next second to begin. */
  get restless(): boolean {
    return this.#full || this.#skipped > 0
  }

  get #full(): boolean {
    return this.#kept >= LINES
  }

  /** Takes bytes as they were read; does not hold on to them. */
  take(stream: OutputStream, bytes: Buffer): void {
    const line = this.#lines[stream]
    let rest = bytes
    while (rest.length > 0 && !this.#full) {
      const newline = rest.indexOf(NEWLINE)
      const next = newline < 0 ? rest.length : newline + 1
      if (line.skipping) this.#skipped += next
      else this.#hold(line, rest.subarray(0, newline < 0 ? next : newline))
      if (newline >= 0) this.#endLine(stream, line)
      rest = rest.subarray(next)
    }
    // Counted unseen: a flood must not cost us a look at each of its lines.
    if (rest.length > 0) this.#skip(line, rest)
  }

  /** Tells what was skipped since it was last called, and lets the next second begin. */
  tell(): void {
    if (this.#skipped > 0) this.#emit({ type: 'output-skipped', at: this.#now(), bytes: this.#skipped })
    this.#skipped = 0
    if (this.#full && this.#now() - this.#since >= SECOND) this.#kept = 0
  }

  /** Keeps a last line that has no newline. */
  end(stream: OutputStream): void {
    const line = this.#lines[stream]
    if (line.length === 0) return
    if (this.#full) this.#skip(line, line.held.subarray(0, 0))
    else this.#endLine(stream, line)
  }

  #hold(line: Line, bytes: Buffer): void {
    const copied = bytes.copy(line.held, line.length)
    line.length += copied
    this.#skipped += bytes.length - copied
  }

  #endLine(stream: OutputStream, line: Line): void {
    if (!line.skipping) this.#keep(stream, line.held.toString('utf8', 0, line.length))
    line.length = 0
    line.skipping = false
  }

  #keep(stream: OutputStream, text: string): void {
    const at = this.#now()
    if (at - this.#since >= SECOND) {
      this.#since = at
      this.#kept = 0
    }
    this.#kept += 1
    this.#emit({ type: 'output', at, stream, line: shownLine(text) })
  }

  #skip(line: Line, bytes: Buffer): void {
    this.#skipped += line.length + bytes.length
    line.length = 0
    line.skipping = bytes.at(-1) !== NEWLINE
  }
}

function emptyLine(): Line {
  return { held: Buffer.alloc(HELD), length: 0, skipping: false }
}

/** The line without control characters, cut to a length that can be shown. */
export function shownLine(line: string): string {
  return cut(stripControl(line))
}

function cut(text: string): string {
  if (text.length <= CHARACTERS) return text
  const characters = Array.from(text)
  return characters.length <= CHARACTERS ? text : `${characters.slice(0, CHARACTERS - 1).join('')}…`
}
