import type { App } from '../control/app.ts'
import type { Question } from '../view.ts'

/** Whether the user still has to agree to that, since the server is somebody's; then they are asked. */
export function askFirst(app: App, what: 'load' | 'signal', text: string): boolean {
  const { target, agreed } = app.view
  if (!target.isAttached || agreed.includes(what)) return false
  ask(app, text, what)
  return true
}

/** Asks the user, who answers with a key. */
export function ask(app: App, text: string, onYes: Question['onYes']): void {
  app.show({ overlay: { kind: 'question', question: { text, onYes } } })
}
