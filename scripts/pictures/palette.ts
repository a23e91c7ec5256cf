/** The colours of the pictures: the sixteen of the terminal, and the ground. */
export const ground = '#16181d'
export const ink = '#d8dee9'

const sixteen = [
  '#3b4252',
  '#f07178',
  '#8ccf7e',
  '#e5c76b',
  '#67b0e8',
  '#c792ea',
  '#5fd3d3',
  '#d8dee9',
  '#616e88',
  '#f07178',
  '#8ccf7e',
  '#e5c76b',
  '#67b0e8',
  '#c792ea',
  '#5fd3d3',
  '#ffffff',
] as const

/** The colour with that number in the palette of 256: sixteen, a cube of 6×6×6, and 24 greys. */
export function paletteColour(number: number): string {
  if (number < 16) return sixteen[number]!
  if (number >= 232) return hex(Array<number>(3).fill(8 + (number - 232) * 10))
  const place = number - 16
  const levels = [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6]
  return hex(levels.map((level) => (level === 0 ? 0 : 55 + level * 40)))
}

function hex(parts: number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
