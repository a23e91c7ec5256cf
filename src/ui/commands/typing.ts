import { typedText, withText } from '../typing.ts'
import { command } from './command.ts'

export const acceptText = command({
  id: 'accept',
  context: 'typing',
  keys: ['return'],
  shows: '⏎',
  help: 'take or send it',
  hint: 'take or send it',
  run: ({ view: { overlay }, connections, show }) =>
    overlay?.kind === 'manual' ? connections.sendLine(overlay.text ?? '') : show({ overlay: null }),
})

export const leaveText = command({
  id: 'cancel',
  context: 'typing',
  keys: ['escape'],
  shows: 'Esc',
  help: 'leave',
  hint: 'leave',
  run({ view: { overlay }, show }) {
    if (overlay?.kind === 'manual') return show({ overlay: { kind: 'manual', text: null } })
    show({ overlay: null, ...(overlay?.kind === 'filter' && { filter: overlay.before }) })
  },
})

export const eraseCharacter = command({
  id: 'erase',
  context: 'typing',
  keys: ['backspace'],
  shows: '⌫',
  help: 'erase a character',
  hint: 'erase',
  run: ({ view, show }) => show(withText(view, (typedText(view) ?? '').slice(0, -1))),
})
