import { labs, models } from '../../servers/catalog.ts'
import type { CommandLine } from '../options/parse.ts'
import { UsageError } from '../options/usage-error.ts'
import { readGuide } from '../report/guide.ts'

/** `guide NAME`: the explanation of one model or lab. Returns the exit code. */
export async function guide({ words }: CommandLine): Promise<number> {
  const [name, ...more] = words
  const names = [...models, ...labs].map((entry) => entry.name).join(', ')
  if (name === undefined || more.length > 0) throw new UsageError(`Which guide? There are ${names}.`)
  const lines = readGuide(name)
  if (!lines) throw new UsageError(`There is no guide to "${name}". There are ${names}.`)
  console.log(lines.join('\n'))
  return 0
}
