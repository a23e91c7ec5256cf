/** The nearest index of a list of that length; 0 of an empty one. */
export function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index))
}
