import { labs, models } from '../../servers/catalog.ts'
import { didYouMean } from '../options/closest.ts'
import type { CommandLine } from '../options/parse.ts'
import { UsageError } from '../options/usage-error.ts'
import { readGuide } from '../report/guide.ts'

/** `guide NAME`: the explanation of one model or lab. Returns the exit code. */
export async function guide({ words }: CommandLine): Promise<number> {
  const [name, ...more] = words
  const names = [...models, ...labs].map((entry) => entry.name)
  if (name === undefined) throw new UsageError(`Which guide? There are ${names.join(', ')}.`)
  if (more.length > 0) throw new UsageError(`One guide at a time, not "${more[0]}" too.`)
  const lines = readGuide(name)
  if (!lines)
    throw new UsageError(
      `There is no guide to "${name}". There are ${names.join(', ')}.${didYouMean(name, names)}`,
    )
  console.log(lines.join('\n'))
  return 0
}
