/**
 * The text in printable ASCII: whatever else may be two columns wide on some terminals, and would push a chart out
 * of shape.
 */
export function ascii(text: string): string {
  return [...text].map((character) => (/^[\x20-\x7e]$/.test(character) ? character : '?')).join('')
}

/** The text in so many columns, with a tilde where something is missing. */
export function cut(text: string, columns: number): string {
  if (text.length <= columns) return text
  return columns > 0 ? `${text.slice(0, columns - 1)}~` : ''
}

/** The text in lines of at most so many columns, broken between words where that is possible. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= columns) lines.push(`${lines.pop()} ${word}`)
    else lines.push(word)
  }
  return lines
}
