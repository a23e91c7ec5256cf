import { SMALLEST } from './layout.ts'
import type { Size } from './size.ts'

/** The size of the terminal in columns and rows; one that does not tell is taken for the smallest. */
export function terminalSize({ columns, rows }: NodeJS.WriteStream): Size {
  return { width: columns || SMALLEST.width, height: rows || SMALLEST.height }
}
