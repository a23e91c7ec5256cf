import type { Command } from '../commands/command.ts'
import { type KeyContext, keyContext } from '../commands/key-context.ts'
import { commandsIn } from '../commands/table.ts'
import { cut, pad, width } from '../text.ts'
import { theme } from '../theme.ts'
import type { Question } from '../view.ts'
import type { Pane } from './pane.ts'

/** The last line: the keys that count now, or what is asked. */
export const keyLine: Pane<'keys'> = {
  id: 'keys',
  place: (layout) => layout.keys,
  draw: ({ view }, { width }) => [
    view.overlay?.kind === 'question'
      ? questionLine(view.overlay.question, width)
      : keysLine(keyContext(view), width),
  ],
}

function questionLine({ text }: Question, columns: number): string {
  const question = theme.warning(cut(text, columns - 18))
  return pad(` ${question}  ${theme.key('y')} yes  ${theme.key('n')} no`, columns)
}

/** Where the line does not hold all keys, those that can be spared are left to the help. */
function keysLine(context: KeyContext, columns: number): string {
  const hinted = commandsIn(context).filter(({ hint }) => hint)
  const lines = [3, 2, 1, 0].map((most) => lineOf(hinted.filter(({ spare = 0 }) => spare <= most)))
  return pad(lines.find((line) => width(line) <= columns) ?? lines.at(-1)!, columns)
}

function lineOf(commands: readonly Command[]): string {
  return commands.map(({ shows, hint }) => ` ${theme.key(shows)} ${hint} `).join('')
}
