/** What a key can do. */
export type Action =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'next-pane'
  | 'previous-pane'
  | 'start'
  | 'stop'
  | 'load'
  | 'signal'
  | 'edit-client'
  | 'send-awaited'
  | 'threads'
  | 'guide'
  | 'help'
  | 'quit'
  | 'quit-now'
  | 'accept'
  | 'cancel'
  | 'erase'
  | 'yes'
  | 'no'

export type Binding = {
  keys: string[]
  action: Action
  /** How the key is written in the help and in the line of keys. */
  shows: string
  help: string
  /** A word for the line of keys; those without one stand only in the help. */
  hint?: string
  /** The line of keys does without it where there is little room. */
  spare?: true
}

/** Which keys count: in the panes, while a field is edited, in a menu, while something is read or asked. */
export type KeyContext = 'panes' | 'editing' | 'menu' | 'guide' | 'help' | 'question'

const quitNow: Binding = { keys: ['ctrl-c'], action: 'quit-now', shows: 'Ctrl-C', help: 'quit at once' }

/** Every key of the program: what handles the keys, the help and the line of keys all go by it. */
export const keyTable: Record<KeyContext, Binding[]> = {
  panes: [
    {
      keys: ['return'],
      action: 'start',
      shows: '⏎',
      help: 'start the chosen model; in the client pane, edit the field',
      hint: 'start',
    },
    { keys: ['x'], action: 'stop', shows: 'x', help: 'stop the server', hint: 'stop' },
    { keys: ['l'], action: 'load', shows: 'l', help: 'start or stop the load', hint: 'load' },
    {
      keys: ['s'],
      action: 'signal',
      shows: 's',
      help: 'send a signal to the selected process',
      hint: 'signal',
    },
    {
      keys: ['c'],
      action: 'edit-client',
      shows: 'c',
      help: 'edit the load: clients, connections, bytes',
      hint: 'client',
    },
    {
      keys: ['u'],
      action: 'send-awaited',
      shows: 'u',
      help: 'in a lab: send the signal that it waits for',
    },
    {
      keys: ['t'],
      action: 'threads',
      shows: 't',
      help: 'show or hide all threads of each process',
      hint: 'threads',
      spare: true,
    },
    { keys: ['g'], action: 'guide', shows: 'g', help: 'read the guide to the model', hint: 'guide' },
    { keys: ['up', 'k'], action: 'up', shows: '↑ k', help: 'move up in the pane' },
    { keys: ['down', 'j'], action: 'down', shows: '↓ j', help: 'move down in the pane' },
    { keys: ['pageup'], action: 'page-up', shows: 'PgUp', help: 'move up ten lines' },
    { keys: ['pagedown'], action: 'page-down', shows: 'PgDn', help: 'move down ten lines' },
    { keys: ['home'], action: 'first', shows: 'Home', help: 'go to the first line' },
    { keys: ['end'], action: 'last', shows: 'End', help: 'go to the last line' },
    {
      keys: ['tab'],
      action: 'next-pane',
      shows: 'Tab',
      help: 'go to the next pane',
      hint: 'pane',
      spare: true,
    },
    { keys: ['shift-tab'], action: 'previous-pane', shows: '⇧Tab', help: 'go to the previous pane' },
    { keys: ['?'], action: 'help', shows: '?', help: 'show or hide this help', hint: 'help' },
    {
      keys: ['q'],
      action: 'quit',
      shows: 'q',
      help: 'quit: stops the load, the server and all its processes',
      hint: 'quit',
    },
    quitNow,
  ],
  editing: [
    { keys: ['return'], action: 'accept', shows: '⏎', help: 'take the number', hint: 'take it' },
    { keys: ['escape'], action: 'cancel', shows: 'Esc', help: 'leave the field as it was', hint: 'leave it' },
    { keys: ['backspace'], action: 'erase', shows: '⌫', help: 'erase a digit', hint: 'erase' },
    quitNow,
  ],
  menu: [
    { keys: ['up', 'k'], action: 'up', shows: '↑ k', help: 'move up', hint: 'up' },
    { keys: ['down', 'j'], action: 'down', shows: '↓ j', help: 'move down', hint: 'down' },
    { keys: ['return'], action: 'accept', shows: '⏎', help: 'choose', hint: 'choose' },
    { keys: ['escape', 'q', 's'], action: 'cancel', shows: 'Esc', help: 'close', hint: 'close' },
    quitNow,
  ],
  guide: [
    { keys: ['up', 'k'], action: 'up', shows: '↑ k', help: 'a line up', hint: 'up' },
    { keys: ['down', 'j'], action: 'down', shows: '↓ j', help: 'a line down', hint: 'down' },
    { keys: ['pageup'], action: 'page-up', shows: 'PgUp', help: 'ten lines up' },
    {
      keys: ['pagedown', 'space'],
      action: 'page-down',
      shows: 'PgDn',
      help: 'ten lines down',
      hint: 'ten lines',
    },
    { keys: ['home'], action: 'first', shows: 'Home', help: 'to the beginning' },
    { keys: ['end'], action: 'last', shows: 'End', help: 'to the end' },
    { keys: ['escape', 'return', 'q', 'g'], action: 'cancel', shows: 'Esc', help: 'close', hint: 'close' },
    quitNow,
  ],
  help: [
    { keys: ['escape', 'return', 'q', '?'], action: 'cancel', shows: 'Esc', help: 'close', hint: 'close' },
    quitNow,
  ],
  question: [
    { keys: ['y', 'return'], action: 'yes', shows: 'y ⏎', help: 'yes', hint: 'yes' },
    { keys: ['n', 'escape', 'q'], action: 'no', shows: 'n', help: 'no', hint: 'no' },
    quitNow,
  ],
}

/** What the key does there, or undefined. */
export function actionOf(context: KeyContext, key: string): Action | undefined {
  return keyTable[context].find(({ keys }) => keys.includes(key))?.action
}
