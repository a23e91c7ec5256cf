/** Columns and rows. */
export type Size = { width: number; height: number }
