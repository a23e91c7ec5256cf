import type { Row } from '../measure/row.ts'

/** A part of the benchmark that can be asked for by name. */
export type Section = {
  name: string
  title: string
  /** The lines, each as soon as it is known. */
  measure(): AsyncIterable<Row>
}
