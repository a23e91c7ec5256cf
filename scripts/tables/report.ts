import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { code, markdownTable } from './markdown.ts'

/** What is used of JSON Schema in docs/report.schema.json; x-unit and x-null are ours. */
type Schema = {
  type?: string | string[]
  description?: string
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  'x-unit'?: string
  'x-null'?: string
}

/** Every field of the report, a row each, as the schema describes it. */
export function reportTable(): string {
  const path = join(import.meta.dirname, '../../docs/report.schema.json')
  const schema: Schema = JSON.parse(readFileSync(path, 'utf8'))
  return markdownTable(['field', 'type', 'unit', 'what it is', 'null where'], rowsOf(schema, ''))
}

function rowsOf({ properties = {} }: Schema, above: string): string[][] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${above}${name}`
    const { description = '', 'x-unit': unit = '', 'x-null': isNull = '' } = schema
    const row = [code(path), typeOf(schema), unit, description, isNull]
    return [row, ...rowsOf(schema, `${path}.`), ...rowsOf(schema.items ?? {}, `${path}[].`)]
  })
}

function typeOf({ type = [], items, anyOf, additionalProperties }: Schema): string {
  if (anyOf) return 'p50, p90, p99, p999, max'
  const name = [type].flat().find((each) => each !== 'null') ?? 'integer'
  if (name === 'array') return `list of ${items?.type ?? 'objects'}s`.replace('objects', 'object')
  return name === 'object' && typeof additionalProperties === 'object' ? 'map of numbers' : name
}
