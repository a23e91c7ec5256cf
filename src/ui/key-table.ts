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
  | 'echo-line'
  | 'manual-connections'
  | 'filter'
  | 'pause'
  | 'all-events'
  | 'to-process'
  | 'to-event'
  | 'freeze'
  | 'sockets'
  | 'chart'
  | 'mouse'
  | 'manual-open'
  | 'manual-half'
  | 'manual-request'
  | 'manual-slow'
  | 'manual-close'
  | 'manual-abort'
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
  /** Where there is little room the line of keys does without it: first without those of the highest number. */
  spare?: 1 | 2 | 3
}

/** Which keys count: in the panes, while a field is edited, in a menu, while something is read or asked. */
export type KeyContext = 'panes' | 'editing' | 'typing' | 'menu' | 'manual' | 'guide' | 'help' | 'question'

const quitNow: Binding = {
  keys: ['ctrl-c'],
  action: 'quit-now',
  shows: 'Ctrl-C',
  help: 'quit without asking',
}

/** Every key of the program: what handles the keys, the help and the line of keys all go by it. */
export const keyTable: Record<KeyContext, Binding[]> = {
  panes: [
    { keys: ['return'], action: 'start', shows: '⏎', help: 'start it; edit the field', hint: 'start' },
    { keys: ['x'], action: 'stop', shows: 'x', help: 'stop the server', hint: 'stop' },
    { keys: ['l'], action: 'load', shows: 'l', help: 'start or stop the load', hint: 'load' },
    { keys: ['s'], action: 'signal', shows: 's', help: 'a signal to the process', hint: 'signal' },
    { keys: ['c'], action: 'edit-client', shows: 'c', help: 'edit the load, even running', hint: 'client' },
    { keys: ['e'], action: 'echo-line', shows: 'e', help: 'type a line to the server', hint: 'echo' },
    {
      keys: ['m'],
      action: 'manual-connections',
      shows: 'm',
      help: 'connections by hand',
      hint: 'by hand',
      spare: 2,
    },
    { keys: ['v'], action: 'chart', shows: 'v', help: 'the next chart', hint: 'chart', spare: 1 },
    {
      keys: ['o'],
      action: 'sockets',
      shows: 'o',
      help: 'sockets, and who has them',
      hint: 'sockets',
      spare: 3,
    },
    { keys: ['g'], action: 'guide', shows: 'g', help: 'the guide to the model', hint: 'guide' },
    { keys: ['t'], action: 'threads', shows: 't', help: 'all threads, or fewer', hint: 'threads', spare: 2 },
    { keys: ['u'], action: 'send-awaited', shows: 'u', help: 'in a lab: send its signal' },
    { keys: ['space'], action: 'freeze', shows: '␣', help: 'freeze the screen', hint: 'freeze', spare: 1 },
    { keys: ['/'], action: 'filter', shows: '/', help: 'filter the events', hint: 'filter', spare: 1 },
    { keys: ['p'], action: 'pause', shows: 'p', help: 'pause the events' },
    { keys: ['escape'], action: 'all-events', shows: 'Esc', help: 'all events, the newest last' },
    { keys: ['f'], action: 'to-process', shows: 'f', help: 'from event to process' },
    { keys: ['b'], action: 'to-event', shows: 'b', help: 'from process to event' },
    { keys: ['w'], action: 'mouse', shows: 'w', help: 'mouse: rows, or text' },
    { keys: ['up', 'k'], action: 'up', shows: '↑ k', help: 'up in the pane' },
    { keys: ['down', 'j'], action: 'down', shows: '↓ j', help: 'down in the pane' },
    { keys: ['pageup'], action: 'page-up', shows: 'PgUp', help: 'ten lines up' },
    { keys: ['pagedown'], action: 'page-down', shows: 'PgDn', help: 'ten lines down' },
    { keys: ['home'], action: 'first', shows: 'Home', help: 'the first line' },
    { keys: ['end'], action: 'last', shows: 'End', help: 'the last line' },
    { keys: ['tab'], action: 'next-pane', shows: 'Tab', help: 'the next pane', hint: 'pane', spare: 1 },
    { keys: ['shift-tab'], action: 'previous-pane', shows: '⇧Tab', help: 'the previous pane' },
    { keys: ['?'], action: 'help', shows: '?', help: 'this help', hint: 'help' },
    { keys: ['q'], action: 'quit', shows: 'q', help: 'stop everything and quit', hint: 'quit' },
    quitNow,
  ],
  editing: [
    { keys: ['return'], action: 'accept', shows: '⏎', help: 'take the number', hint: 'take it' },
    {
      keys: ['down', 'tab'],
      action: 'down',
      shows: '↓',
      help: 'take it, go to the next',
      hint: 'next field',
    },
    { keys: ['up', 'shift-tab'], action: 'up', shows: '↑', help: 'take it, go back', hint: 'field before' },
    { keys: ['escape'], action: 'cancel', shows: 'Esc', help: 'leave the field as it was', hint: 'leave it' },
    { keys: ['backspace'], action: 'erase', shows: '⌫', help: 'erase a digit', hint: 'erase' },
    quitNow,
  ],
  typing: [
    { keys: ['return'], action: 'accept', shows: '⏎', help: 'take or send it', hint: 'take or send it' },
    { keys: ['escape'], action: 'cancel', shows: 'Esc', help: 'leave', hint: 'leave' },
    { keys: ['backspace'], action: 'erase', shows: '⌫', help: 'erase a character', hint: 'erase' },
    quitNow,
  ],
  manual: [
    { keys: ['o'], action: 'manual-open', shows: 'o', help: 'open a connection and hold it', hint: 'open' },
    { keys: ['e', 'return'], action: 'echo-line', shows: 'e ⏎', help: 'type a line to it', hint: 'type' },
    { keys: ['h'], action: 'manual-half', shows: 'h', help: 'send half a request', hint: 'half' },
    {
      keys: ['r'],
      action: 'manual-request',
      shows: 'r',
      help: 'send a request, or the rest of it',
      hint: 'request',
    },
    {
      keys: ['w'],
      action: 'manual-slow',
      shows: 'w',
      help: 'read a byte a second, or all again',
      hint: 'slow',
    },
    { keys: ['x'], action: 'manual-close', shows: 'x', help: 'close it', hint: 'close' },
    { keys: ['a'], action: 'manual-abort', shows: 'a', help: 'abort it with RST', hint: 'RST' },
    { keys: ['up', 'k'], action: 'up', shows: '↑ k', help: 'the one above' },
    { keys: ['down', 'j'], action: 'down', shows: '↓ j', help: 'the one below' },
    {
      keys: ['escape', 'q', 'm'],
      action: 'cancel',
      shows: 'Esc',
      help: 'back; connections stay open',
      hint: 'back',
    },
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
