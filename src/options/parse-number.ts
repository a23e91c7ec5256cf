/** The whole number that the text is, if it lies in the range; else null. */
export function parseNumber(text: string, { from, to }: { from: number; to: number }): number | null {
  const value = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN
  return value >= from && value <= to ? value : null
}
