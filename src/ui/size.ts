export type Size = { width: number; height: number }

/** A part of the screen; the upper left corner is at column and row 0. */
export type Rect = Size & { x: number; y: number }
