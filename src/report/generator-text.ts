import { describeEnding } from '../state/ending.ts'
import type { Generator, Load } from '../state/state.ts'
import { wordsText } from './words-text.ts'

/** What is said where a figure of our own clients would stand. */
export const ASK_GENERATOR = 'requests and latencies: see its own output'

/** What a load generator was, printed last and came to. */
export function generatorText(load: Load, { command, output }: Generator): string {
  const end = output.findLastIndex((line) => line.trim() !== '') + 1
  return [
    `load by ${wordsText(command)}`,
    ...output.slice(0, end).map((line) => `  ${line}`.trimEnd()),
    load.error ? generatorEnding(load) : `${generatorEnding(load)}; ${ASK_GENERATOR}`,
  ].join('\n')
}

/** How it ended, and after how many seconds; why, where it could not run. */
export function generatorEnding({ generator, startedAt, endedAt, stopped, error }: Load): string {
  if (error) return `the load failed: ${error.replace(/\.$/, '')}`
  const ending = generator?.ending ? describeEnding(generator.ending) : 'nobody saw how it ended'
  return `${stopped ? 'stopped, ' : ''}${ending} after ${((endedAt - startedAt) / 1000).toFixed(2)} s`
}
