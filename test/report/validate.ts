import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../support/root.ts'

/** What docs/report.schema.json uses of JSON Schema, and no more: an unknown keyword is an error. */
type Schema = {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  minimum?: number
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  anyOf?: Schema[]
  $ref?: string
  $defs?: Record<string, Schema>
}

const KNOWN = new Set([
  ...['$schema', '$defs', '$ref', 'title', 'description', 'type', 'const', 'enum', 'minimum', 'properties'],
  ...['required', 'additionalProperties', 'items', 'anyOf', 'x-unit', 'x-null'],
])

const report: Schema = JSON.parse(readFileSync(join(root, 'docs/report.schema.json'), 'utf8'))

/** What of the value is not as the schema of the report says, a line each; `field` is the part of it that is meant. */
export function violations(value: unknown, field?: string): string[] {
  const schema = field === undefined ? report : report.properties![field]!
  return check(value, schema, field ?? 'report')
}

function check(value: unknown, schema: Schema, path: string): string[] {
  const unknown = Object.keys(schema).filter((keyword) => !KNOWN.has(keyword))
  if (unknown.length > 0) return [`${path}: the schema has ${unknown.join(', ')}`]
  if (schema.$ref) return check(value, report.$defs![schema.$ref.replace('#/$defs/', '')]!, path)
  if (schema.anyOf) {
    const outcomes = schema.anyOf.map((each) => check(value, each, path))
    return outcomes.some((each) => each.length === 0) ? [] : outcomes.flat()
  }
  if ('const' in schema && value !== schema.const) return [`${path}: ${JSON.stringify(value)}`]
  if (schema.enum && !schema.enum.includes(value)) return [`${path}: ${JSON.stringify(value)}`]
  const types = [schema.type ?? []].flat()
  if (types.length > 0 && !types.some((type) => isOf(type, value)))
    return [`${path}: ${JSON.stringify(value)} is not ${types.join(' or ')}`]
  if (typeof value === 'number' && value < (schema.minimum ?? Number.NEGATIVE_INFINITY))
    return [`${path}: ${value} is below ${schema.minimum}`]
  if (Array.isArray(value))
    return value.flatMap((each, i) => (schema.items ? check(each, schema.items, `${path}[${i}]`) : []))
  return typeof value === 'object' && value !== null ? checkObject(value, schema, path) : []
}

function checkObject(value: object, schema: Schema, path: string): string[] {
  const { properties = {}, required = [], additionalProperties = true } = schema
  const missing = required.filter((name) => !(name in value)).map((name) => `${path}.${name} is missing`)
  const wrong = Object.entries(value).flatMap(([name, each]) => {
    const own = properties[name] ?? additionalProperties
    if (own === true) return []
    return own === false ? [`${path}.${name} is not described`] : check(each, own, `${path}.${name}`)
  })
  return [...missing, ...wrong]
}

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}
