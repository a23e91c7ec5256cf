/** What a terminal sends for keys that are no character; an arrow as in normal cursor mode. */
const sequences = {
  Enter: '\r',
  Escape: '\x1b',
  Tab: '\t',
  'Shift-Tab': '\x1b[Z',
  Backspace: '\x7f',
  Up: '\x1b[A',
  Down: '\x1b[B',
  PageUp: '\x1b[5~',
  PageDown: '\x1b[6~',
  Home: '\x1b[H',
  End: '\x1b[F',
  'Ctrl-C': '\x03',
  'Ctrl-L': '\x0c',
  'Ctrl-Z': '\x1a',
} as const

export type KeyName = keyof typeof sequences

/** The bytes of a key by its name, or of a character, which stands for itself. */
export function bytesOf(key: KeyName | (string & {})): string {
  return key in sequences ? sequences[key as KeyName] : key
}
