/** Of one cell, in pixels: what monospace fonts of 14 pixels take, with room between the lines. */
export const CELL = { width: 8.43, height: 18, font: 14, baseline: 13 }

/** A number with as many decimals as can be seen. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10)
}
