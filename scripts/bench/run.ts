/**
 * The benchmark: `npm run bench [-- SECTION… --strict]`. Every section measures both sides in turn and prints a
 * table of medians; with --strict the exit code is 1 when a bar is missed.
 */
import { parseArgs } from 'node:util'
import type { Row } from './measure/row.ts'
import { progress } from './print/progress.ts'
import { table } from './print/table.ts'
import { load } from './sections/load.ts'
import { models } from './sections/models.ts'
import { probe } from './sections/probe.ts'
import { screen } from './sections/screen.ts'
import type { Section } from './sections/section.ts'
import { start } from './sections/start.ts'

const sections: Section[] = [probe, models, load, start, screen]

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { strict: { type: 'boolean' } },
  })
  const chosen = positionals.length > 0 ? positionals.map(find) : sections
  let missed = 0
  for (const section of chosen) missed += await report(section)
  return values.strict && missed > 0 ? 1 : 0
}

/** Measures and prints one section; what was measured before a failure is printed too. Returns the bars missed. */
async function report({ title, measure }: Section): Promise<number> {
  const rows: Row[] = []
  try {
    for await (const row of measure()) rows.push(row)
  } finally {
    progress('')
    console.log(`${table(title, rows)}\n`)
  }
  return rows.filter(({ passed }) => passed === false).length
}

function find(name: string): Section {
  const section = sections.find((each) => each.name === name)
  if (!section)
    throw new Error(
      `No section is called "${name}". There are ${sections.map((each) => each.name).join(', ')}.`,
    )
  return section
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))
main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
