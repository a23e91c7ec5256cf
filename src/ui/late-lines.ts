/** Digits of a mark's number. Printable ASCII is what Ink measures at once; any other sign costs it a long look. */
const FIRST_DIGIT = 0x21
const BASE = 0x5d
const MOST_MARKS = BASE * BASE

const marks = /~([!-}])([!-}])/g

/**
 * Lines that are put into Ink's frame only when it is laid out. Ink tokenizes each text in each frame, and keeps every
 * text that it ever measured: with figures that change this is 20 ms of a core a frame and megabytes a minute. So Ink
 * is given blanks of the right size, writes one mark for a line, and the line takes the place of mark and blanks.
 */
export class LateLines {
  #lines: { text: string; width: number }[] = []

  /** What is to be laid out for a line of exactly so many columns, at least three. Good for one frame. */
  mark(text: string, width: number): string {
    const number = this.#lines.length
    if (number === MOST_MARKS) return ''
    this.#lines.push({ text, width })
    return `~${digit(Math.floor(number / BASE))}${digit(number % BASE)}`
  }

  /** The rows of the frame with every mark replaced by its line. */
  resolve(frame: string): string[] {
    const lines = this.#lines
    this.#lines = []
    return frame.split('\n').map((row) => {
      let whole = ''
      let at = 0
      for (const { index, 1: high, 2: low } of row.matchAll(marks)) {
        const line = lines[numberOf(high!) * BASE + numberOf(low!)]
        if (!line) continue
        whole += row.slice(at, index) + line.text
        at = index + line.width
      }
      return (whole + row.slice(at)).trimEnd()
    })
  }
}

function digit(value: number): string {
  return String.fromCharCode(FIRST_DIGIT + value)
}

function numberOf(digit: string): number {
  return digit.charCodeAt(0) - FIRST_DIGIT
}
