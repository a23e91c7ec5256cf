import { keyContext } from '../commands/key-context.ts'
import { findCommand } from '../commands/table.ts'
import { beginEditing, withDigit } from '../editing.ts'
import { withCharacter } from '../typing.ts'
import type { App } from './app.ts'

const DIGIT = /^[0-9]$/

/** What a key does: a command, or it is typed. */
export function press(app: App, key: string): void {
  if (app.view.notice) app.show({ notice: null })
  const context = keyContext(app.view)
  const command = findCommand(context, key)
  if (command) return command.run(app)
  const character = key === 'space' ? ' ' : key
  if (context === 'typing' && character.length === 1) app.show(withCharacter(app.view, character))
  else if (context === 'editing') app.show(withDigit(app.view, key))
  // A digit on a chosen field begins a new number.
  else if (context === 'panes' && app.view.pane === 'client' && DIGIT.test(key)) beginEditing(app, key)
}
