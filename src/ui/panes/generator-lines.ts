import { ASK_GENERATOR, generatorEnding } from '../../report/generator-text.ts'
import { wordsText } from '../../report/words-text.ts'
import { isLoadComplete } from '../../select/load.ts'
import type { State } from '../../state/state.ts'
import { clock, cut, wrap } from '../text.ts'
import { theme } from '../theme.ts'

/** A load generator of the user's, `text` as it was given: its command, how it goes, and its last lines that fit. */
export function generatorLines({ load, now }: State, text: string, columns: number, rows: number): string[] {
  const { generator, phase } = load
  const command = wrap(generator ? wordsText(generator.command) : text, columns)
  if (!generator) return [...command, '', cut('l starts it in the place of our clients.', columns)]
  const outcome = phase === 'running' ? `runs for ${clock(now - load.startedAt)}` : generatorEnding(load)
  const isBad = phase === 'ended' && !load.stopped && !isLoadComplete(load)
  const about = [
    ...command.map((line) => theme.bold(line)),
    ...wrap(outcome, columns).map((line) => (isBad ? theme.bad(line) : line)),
    ...(load.error ? [] : [theme.dim(cut(ASK_GENERATOR, columns))]),
  ]
  const room = rows - about.length
  const said = room > 0 ? generator.output.filter((line) => line.trim() !== '').slice(-room) : []
  return [...about, ...said.map((line) => cut(line, columns))]
}
