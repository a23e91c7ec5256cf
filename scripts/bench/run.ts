/**
 * The benchmark: `npm run bench [-- SECTION [PART…]… --strict]`, as in `models thread poll`. Every section measures
 * both sides in turn and prints a table of medians; with --strict the exit code is 1 when a bar is missed.
 */
import { parseArgs } from 'node:util'
import type { Row } from './measure/row.ts'
import { progress } from './print/progress.ts'
import { table } from './print/table.ts'
import { crowd } from './sections/crowd.ts'
import { forever } from './sections/forever.ts'
import { http } from './sections/http.ts'
import { load } from './sections/load.ts'
import { models } from './sections/models.ts'
import { probe } from './sections/probe.ts'
import { screen } from './sections/screen.ts'
import type { Section } from './sections/section.ts'
import { soak } from './sections/soak.ts'
import { start } from './sections/start.ts'

const sections: Section[] = [probe, models, load, http, start, screen, crowd, forever, soak]

type Choice = { section: Section; parts: string[] }

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { strict: { type: 'boolean' } },
  })
  let missed = 0
  for (const choice of choose(positionals)) missed += await report(choice)
  return values.strict && missed > 0 ? 1 : 0
}

/** Measures and prints one section; what was measured before a failure is printed too. Returns the bars missed. */
async function report({ section: { title, measure }, parts }: Choice): Promise<number> {
  const rows: Row[] = []
  try {
    for await (const row of measure(parts)) rows.push(row)
  } finally {
    progress('')
    console.log(`${table(title, rows)}\n`)
  }
  return rows.filter(({ passed }) => passed === false).length
}

/** The sections that the words name, each with the words behind it that name parts of it; without words, all. */
function choose(words: readonly string[]): Choice[] {
  const chosen: Choice[] = []
  for (const word of words) {
    const section = sections.find(({ name }) => name === word)
    const last = chosen.at(-1)
    if (section) chosen.push({ section, parts: [] })
    else if (last?.section.parts?.includes(word)) last.parts.push(word)
    else throw new Error(unknown(word, last?.section))
  }
  return words.length > 0 ? chosen : sections.map((section) => ({ section, parts: [] }))
}

function unknown(word: string, before: Section | undefined): string {
  const names = sections.map(({ name }) => name).join(', ')
  if (!before?.parts) return `No section is called "${word}". There are ${names}.`
  return `Neither a section nor a part of ${before.name} is called "${word}". There are ${names}; ${before.name} has ${before.parts.join(', ')}.`
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))
main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
