import { type Lab, labs, type Model, models } from '../../servers/catalog.ts'
import type { CommandLine } from '../options/parse.ts'

/** `list`: the catalogue; with --json an array, in which the group of a lab is `labs`. Returns the exit code. */
export async function list({ options }: CommandLine): Promise<number> {
  const entries = [...models, ...labs.map((lab) => ({ ...lab, group: 'labs' }))]
  if (options.json) {
    console.log(JSON.stringify(entries, (key, value) => (key === 'isComparison' ? undefined : value)))
    return 0
  }
  for (const group of new Set(entries.map((entry) => entry.group))) {
    console.log(group)
    for (const entry of entries.filter((entry) => entry.group === group)) console.log(`  ${describe(entry)}`)
  }
  return 0
}

const LONGEST_NAME = Math.max(...[...models, ...labs].map(({ name }) => name.length))

function describe({ name, summary, source, options }: Model | Lab): string {
  const own = options.map((option) => `--${option}`).join(' ')
  return `${name.padEnd(LONGEST_NAME)} ${summary} (${source})${own && `  ${own}`}`
}
