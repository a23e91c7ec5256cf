import { emitKeypressEvents } from 'node:readline'

type Key = { name?: string; ctrl?: boolean; meta?: boolean; shift?: boolean }

/** How long an Escape waits for the rest of a sequence before it counts as the Escape key, in milliseconds. */
const ESCAPE_TIMEOUT = 50

/**
 * Reads keys from a terminal in raw mode and passes each on by name: `a`, `A`, `?`, `up`, `return`, `escape`,
 * `ctrl-c`. Pasted text is no command and is passed over. Returns a function that gives the terminal back.
 */
export function readKeys(terminal: NodeJS.ReadStream, onKey: (key: string) => void): () => void {
  let pasting = false
  const onKeypress = (character: string | undefined, key: Key) => {
    if (key.name === 'paste-start') pasting = true
    if (key.name === 'paste-end') pasting = false
    else if (!pasting) onKey(nameOf(character, key))
  }
  // Node's types do not tell that the second argument may be any object with this property.
  emitKeypressEvents(terminal, { escapeCodeTimeout: ESCAPE_TIMEOUT } as never)
  terminal.setRawMode(true)
  terminal.on('keypress', onKeypress)
  terminal.resume()
  return () => {
    terminal.off('keypress', onKeypress)
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
