/** How a key of the key table is pressed. */
const names: Record<string, string> = {
  return: 'Enter',
  escape: 'Escape',
  up: 'Up',
  down: 'Down',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  home: 'Home',
  end: 'End',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  backspace: 'Backspace',
  'ctrl-c': 'Ctrl-C',
  'ctrl-l': 'Ctrl-L',
  'ctrl-z': 'Ctrl-Z',
  space: ' ',
}

export function keyOf(binding: string): string {
  return names[binding] ?? binding
}
