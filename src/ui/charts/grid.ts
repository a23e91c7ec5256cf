import { cut } from './ascii.ts'

export type Style = (text: string) => string

const plain: Style = (text) => text

/** A chart in the making: characters that take one column each, and how each is painted. */
export class Grid {
  readonly width: number
  readonly height: number
  readonly #characters: string[][]
  readonly #styles: Style[][]

  constructor({ width, height }: { width: number; height: number }) {
    this.width = Math.max(0, Math.floor(width) || 0)
    this.height = Math.max(0, Math.floor(height) || 0)
    this.#characters = Array.from({ length: this.height }, () => Array(this.width).fill(' '))
    this.#styles = Array.from({ length: this.height }, () => Array(this.width).fill(plain))
  }

  /** Writes a text of ASCII or Braille characters; what does not fit is left out. */
  put(x: number, y: number, text: string, style: Style = plain): void {
    const [characters, styles] = [this.#characters[y], this.#styles[y]]
    if (!characters || !styles) return
    for (let i = 0; i < text.length; i++) {
      if (x + i < 0 || x + i >= this.width) continue
      characters[x + i] = text[i]!
      styles[x + i] = style
    }
  }

  /** Writes parts with styles of their own, one after the other, with an ellipsis where the row is too short. */
  putParts(y: number, parts: readonly { text: string; style?: Style }[]): void {
    let x = 0
    for (const { text, style } of parts) {
      this.put(x, y, cut(text, this.width - x), style)
      x += text.length
    }
  }

  /** The rows, each exactly as wide as the grid. */
  lines(): string[] {
    return this.#characters.map((characters, y) => paint(characters, this.#styles[y]!))
  }
}

function paint(characters: string[], styles: Style[]): string {
  let line = ''
  for (let from = 0, to = 0; from < characters.length; from = to) {
    while (to < characters.length && styles[to] === styles[from]) to++
    line += styles[from]!(characters.slice(from, to).join(''))
  }
  return line
}
