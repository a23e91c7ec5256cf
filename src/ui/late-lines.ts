/** First of the private-use characters that stand for a line while Ink lays out the screen. */
const FIRST_MARK = 0xe000
const MOST_MARKS = 0x1900

const marks = /[\ue000-\uf8ff]/g

/**
 * Lines that are put into Ink's frame only when it is laid out. Ink tokenizes each text in each frame, and keeps every
 * text that it ever measured: with figures that change this is 20 ms of a core a frame and megabytes a minute. So Ink
 * is given blanks of the right size, writes one mark for a line, and the line takes the place of mark and blanks.
 */
export class LateLines {
  #lines: { text: string; width: number }[] = []

  /** The character to be laid out for a line of exactly so many columns. Good for one frame. */
  mark(text: string, width: number): string {
    if (this.#lines.length === MOST_MARKS) return ''
    this.#lines.push({ text, width })
    return String.fromCharCode(FIRST_MARK + this.#lines.length - 1)
  }

  /** The rows of the frame with every mark replaced by its line. */
  resolve(frame: string): string[] {
    const lines = this.#lines
    this.#lines = []
    return frame.split('\n').map((row) => {
      let whole = ''
      let at = 0
      for (const { index, 0: mark } of row.matchAll(marks)) {
        const { text, width } = lines[mark.charCodeAt(0) - FIRST_MARK]!
        whole += row.slice(at, index) + text
        at = index + width
      }
      return (whole + row.slice(at)).trimEnd()
    })
  }
}
