/** The first of so many rows to show of a list, so that the one with that index is among them, in the middle if it can be. */
export function windowStart(index: number, length: number, room: number): number {
  return Math.max(0, Math.min(index - Math.floor(room / 2), length - room))
}

/** The nearest index of a list of that length; 0 of an empty one. */
export function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index))
}
