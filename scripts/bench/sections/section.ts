import type { Row } from '../measure/row.ts'

/** A part of the benchmark that can be asked for by name. */
export type Section = {
  name: string
  title: string
  /** What of it can be asked for by name. */
  parts?: readonly string[]
  /** The lines of those parts, of all when none is named, each as soon as it is known. */
  measure(parts: readonly string[]): AsyncIterable<Row>
}
