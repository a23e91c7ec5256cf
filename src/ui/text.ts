import stringWidth from 'string-width'

/** ASCII, and the signs that the screen itself is made of, each one column wide. */
const narrow = /^[\x20-\x7e±·×–’…←-↓⇧−⌫⏎␣─-▟■▸◂○◌●⚠❚✓✗⠀-⣿]*$/
const colours = /\x1b\[[\d;]*m/g

/** The columns that the text takes on a terminal; colours take none. */
export function width(text: string): number {
  const bare = text.includes('\x1b') ? text.replace(colours, '') : text
  return narrow.test(bare) ? bare.length : stringWidth(bare)
}

/** The text without colours, cut to so many columns, with an ellipsis where something is missing. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text
  let kept = ''
  let used = 0
  for (const character of text) {
    const next = width(character)
    if (used + next > columns - 1) break
    kept += character
    used += next
  }
  return columns > 0 ? `${kept}…` : ''
}

/** The text without colours in exactly so many columns: cut, or padded on the right. */
export function alignLeft(text: string, columns: number): string {
  const shown = cut(text, columns)
  return shown + ' '.repeat(Math.max(0, columns - width(shown)))
}

/** As alignLeft, padded on the left. */
export function alignRight(text: string, columns: number): string {
  const shown = cut(text, columns)
  return ' '.repeat(Math.max(0, columns - width(shown))) + shown
}

/** A line that has colours already, padded to so many columns; it must not be longer. */
export function pad(line: string, columns: number): string {
  return line + ' '.repeat(Math.max(0, columns - width(line)))
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** The text, without colours, on as many lines of so many columns as it needs, broken between words where it can be. */
export function wrap(text: string, columns: number): string[] {
  if (width(text) <= columns) return [text]
  const indent = /^ */.exec(text)![0].slice(0, Math.floor(columns / 2))
  const room = Math.max(1, columns - indent.length)
  const words = text
    .trim()
    .split(/ +/)
    .flatMap((word) => pieces(word, room))
  return flow(words, room, ' ').map((line) => indent + line)
}

/** The word in pieces of at most so many columns. */
function pieces(word: string, columns: number): string[] {
  const found = ['']
  for (const character of word)
    if (width(found.at(-1)! + character) <= columns) found[found.length - 1] += character
    else found.push(character)
  return found
}

/** The parts, which may have colours, on as few lines of so many columns as they fit on. */
export function flow(parts: readonly string[], columns: number, gap = '  '): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    if (last !== undefined && width(last) + gap.length + width(part) <= columns)
      lines[lines.length - 1] = last + gap + part
    else lines.push(part)
  }
  return lines
}

/** A bar of so many columns for a share from 0 to 1, to an eighth of a column. */
export function bar(share: number, columns: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * columns * 8)
  return alignLeft('█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8], columns)
}

/** 42 seconds as `00:42`, an hour as `1:00:00`. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** `0.4 ms`, `4.1 s`, `12 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`
  return `${Math.floor(milliseconds / 60_000)} min`
}

/** Bytes as `41M`, in at most five columns. */
export function shortSize(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)}K`
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)}M` : `${(bytes / 1e9).toFixed(1)}G`
}
