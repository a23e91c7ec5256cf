import { command } from './command.ts'

/** What is done by hand is to be seen, so the screen goes on. */
export const typeLine = command({
  id: 'echo-line',
  context: 'panes',
  keys: ['e'],
  shows: 'e',
  help: 'type a line to the server',
  hint: 'echo',
  run({ show, connections }) {
    show({ frozen: null })
    connections.beginLine()
  },
})

export const openManual = command({
  id: 'manual-connections',
  context: 'panes',
  keys: ['m'],
  shows: 'm',
  help: 'connections by hand',
  hint: 'by hand',
  spare: 2,
  run: ({ show }) => show({ frozen: null, overlay: { kind: 'manual', text: null } }),
})

export const openConnection = command({
  id: 'manual-open',
  context: 'manual',
  keys: ['o'],
  shows: 'o',
  help: 'open a connection and hold it',
  hint: 'open',
  run: ({ connections }) => connections.open(),
})

export const typeLineToIt = command({
  id: 'echo-line',
  context: 'manual',
  keys: ['e', 'return'],
  shows: 'e ⏎',
  help: 'type a line to it',
  hint: 'type',
  run: ({ connections }) => connections.beginLine(),
})

export const sendHalf = command({
  id: 'manual-half',
  context: 'manual',
  keys: ['h'],
  shows: 'h',
  help: 'send half a request',
  hint: 'half',
  run: ({ connections }) => connections.sendHalf(),
})

export const sendRequest = command({
  id: 'manual-request',
  context: 'manual',
  keys: ['r'],
  shows: 'r',
  help: 'send a request, or the rest of it',
  hint: 'request',
  run: ({ connections }) => connections.sendRequest(),
})

export const readSlowly = command({
  id: 'manual-slow',
  context: 'manual',
  keys: ['w'],
  shows: 'w',
  help: 'read a byte a second, or all again',
  hint: 'slow',
  run: ({ connections }) => connections.toggleSlow(),
})

export const closeConnection = command({
  id: 'manual-close',
  context: 'manual',
  keys: ['x'],
  shows: 'x',
  help: 'close it',
  hint: 'close',
  run: ({ connections }) => connections.close(),
})

export const abortConnection = command({
  id: 'manual-abort',
  context: 'manual',
  keys: ['a'],
  shows: 'a',
  help: 'abort it with RST',
  hint: 'RST',
  run: ({ connections }) => connections.abort(),
})

export const connectionAbove = command({
  id: 'up',
  context: 'manual',
  keys: ['up', 'k'],
  shows: '↑ k',
  help: 'the one above',
  run: (app) => app.move(-1),
})

export const connectionBelow = command({
  id: 'down',
  context: 'manual',
  keys: ['down', 'j'],
  shows: '↓ j',
  help: 'the one below',
  run: (app) => app.move(1),
})

export const closeManual = command({
  id: 'cancel',
  context: 'manual',
  keys: ['escape', 'q', 'm'],
  shows: 'Esc',
  help: 'back; connections stay open',
  hint: 'back',
  run: ({ show }) => show({ overlay: null }),
})
