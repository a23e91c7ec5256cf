import { models } from '../../servers/catalog.ts'
import type { CommandLine } from '../options/parse.ts'

/** `list`: the catalogue. Returns the exit code. */
export async function list({ options }: CommandLine): Promise<number> {
  if (options.json) {
    console.log(JSON.stringify(models.map(({ run, ...entry }) => entry)))
    return 0
  }
  for (const group of new Set(models.map((model) => model.group))) {
    console.log(group)
    for (const { name, summary, source, options } of models.filter((model) => model.group === group)) {
      const own = options.map((option) => `--${option}`).join(' ')
      console.log(`  ${name.padEnd(14)} ${summary} (${source})${own && `  ${own}`}`)
    }
  }
  return 0
}
