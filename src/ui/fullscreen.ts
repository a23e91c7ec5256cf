import { EventEmitter } from 'node:events'
import { LateLines } from './late-lines.ts'
import { width } from './text.ts'

/** Without wrapping: a row that is too long must not spill into the next. */
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h'
const LEAVE = '\x1b[?2026l\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l'
const CLEAR = '\x1b[2J'
const MOUSE_ON = '\x1b[?1000h\x1b[?1006h'
const MOUSE_OFF = '\x1b[?1006l\x1b[?1000l'
const MOST_FRAMES_A_SECOND = 30

/**
 * The whole terminal as a canvas. Ink writes frames to `stdout`, in debug mode each of them whole; only the rows
 * that changed are painted, at absolute positions and in one synchronized update, so nothing flickers or scrolls.
 */
export class Fullscreen {
  /** What Ink takes for its output. */
  readonly stdout: NodeJS.WriteStream
  /** Where the lines of Ink's frames come from. */
  readonly lines = new LateLines()
  readonly #terminal: NodeJS.WriteStream
  /** What stands on the terminal; null when that is not known. */
  #painted: readonly string[] | null = null
  #latest: readonly string[] = []
  #timer: NodeJS.Timeout | null = null
  #paintedAt = 0
  #open = false

  constructor(terminal: NodeJS.WriteStream) {
    this.#terminal = terminal
    const stand = Object.assign(new EventEmitter(), {
      isTTY: true,
      write: (frame: unknown) => this.#take(frame),
    })
    Object.defineProperties(stand, { columns: { get: () => this.columns }, rows: { get: () => this.rows } })
    this.stdout = stand as unknown as NodeJS.WriteStream
  }

  get columns(): number {
    return this.#terminal.columns || 80
  }

  get rows(): number {
    return this.#terminal.rows || 24
  }

  /** Takes the terminal, and paints what was drawn so far. */
  open(): void {
    if (this.#open) return
    this.#open = true
    this.#terminal.write(ENTER)
    this.#terminal.on('resize', this.#resize).on('drain', this.#paintSoon)
    this.#painted = null
    this.#paint()
  }

  /** Whether the terminal reports what the mouse does, instead of selecting text with it. */
  setMouse(isReported: boolean): void {
    if (this.#open) this.#terminal.write(isReported ? MOUSE_ON : MOUSE_OFF)
  }

  /** Paints every row again: something else may have written on the terminal. */
  redraw(): void {
    this.#painted = null
    this.#paintSoon()
  }

  /** Gives the terminal back as it was. May be called more than once, and be followed by another open. */
  close(): void {
    if (!this.#open) return
    this.#open = false
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#terminal.off('resize', this.#resize).off('drain', this.#paintSoon)
    this.#terminal.write(LEAVE)
  }

  readonly #resize = () => {
    this.redraw()
    this.stdout.emit('resize')
  }

  #take(frame: unknown): boolean {
    if (typeof frame !== 'string' || frame === '') return true
    this.#latest = this.lines.resolve(frame)
    this.#paintSoon()
    return true
  }

  readonly #paintSoon = () => {
    if (!this.#open) return
    const since = performance.now() - this.#paintedAt
    this.#timer ??= setTimeout(() => this.#paint(), Math.max(0, 1000 / MOST_FRAMES_A_SECOND - since))
  }

  /** A terminal that is not ready for more gets the frame that is the latest when it is. */
  #paint(): void {
    this.#timer = null
    this.#paintedAt = performance.now()
    if (this.#terminal.writableNeedDrain) return
    const rows = this.#latest.slice(0, this.rows)
    const painted = this.#painted ?? []
    let update = this.#painted ? '' : CLEAR
    for (let y = 0; y < Math.max(rows.length, painted.length); y++) {
      const row = rows[y] ?? ''
      if (row === painted[y]) continue
      // Behind a full row the cursor still stands on its last character, which would be erased.
      const rest = width(row) < this.columns ? '\x1b[K' : ''
      update += `\x1b[${y + 1};1H${row}\x1b[0m${rest}`
    }
    this.#painted = rows
    if (update) this.#terminal.write(`\x1b[?2026h${update}\x1b[?2026l`)
  }
}
