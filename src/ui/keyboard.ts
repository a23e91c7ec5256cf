import { emitKeypressEvents } from 'node:readline'
import { PassThrough } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { type MouseAction, MouseReports } from './mouse.ts'

type Key = { name?: string; ctrl?: boolean; meta?: boolean; shift?: boolean }

/** How long an Escape waits for the rest of a sequence before it counts as the Escape key, in milliseconds. */
const ESCAPE_TIMEOUT = 50

type Hands = { onKey: (key: string) => void; onMouse: (action: MouseAction) => void }

/**
 * Reads keys from a terminal in raw mode and passes each on by name: `a`, `A`, `?`, `up`, `return`, `escape`,
 * `ctrl-c`; and what the mouse does. Pasted text is no command and is passed over. Returns a function that gives the
 * terminal back.
 */
export function readKeys(terminal: NodeJS.ReadStream, { onKey, onMouse }: Hands): () => void {
  const typed = new PassThrough()
  const reports = new MouseReports()
  const decoder = new StringDecoder('utf8')
  let pasting = false
  const onData = (data: Buffer) => {
    const { keys, actions } = reports.take(decoder.write(data))
    if (keys !== '') typed.write(keys)
    for (const action of actions) onMouse(action)
  }
  typed.on('keypress', (character: string | undefined, key: Key) => {
    if (key.name === 'paste-start') pasting = true
    if (key.name === 'paste-end') pasting = false
    else if (!pasting) onKey(nameOf(character, key))
  })
  // Node's types do not tell that the second argument may be any object with this property.
  emitKeypressEvents(typed, { escapeCodeTimeout: ESCAPE_TIMEOUT } as never)
  terminal.setRawMode(true)
  terminal.on('data', onData)
  terminal.resume()
  return () => {
    terminal.off('data', onData)
    terminal.setRawMode(false)
    terminal.pause()
  }
}

function nameOf(character: string | undefined, { name, ctrl, meta, shift }: Key): string {
  if (shift && name === 'tab') return 'shift-tab'
  if (ctrl) return `ctrl-${name}`
  if (meta && name !== 'escape') return `meta-${name}`
  // A letter or sign is its own name; only its case or shape tells it from others.
  if (character && character.length === 1 && character > ' ' && character !== '\x7f') return character
  return name ?? character ?? ''
}
