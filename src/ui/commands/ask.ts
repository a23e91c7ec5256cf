import type { App } from '../control/app.ts'
import type { Question } from '../view.ts'

/** Asks the user, who answers with a key. */
export function ask(app: App, text: string, onYes: Question['onYes']): void {
  app.show({ overlay: { kind: 'question', question: { text, onYes } } })
}
