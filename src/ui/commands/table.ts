import type { Command } from './command.ts'
import { allEvents, eventToProcess, filter, pause, processToEvent } from './events.ts'
import {
  closeGuide,
  guideDown,
  guideFirst,
  guideLast,
  guidePageDown,
  guidePageUp,
  guideUp,
  openGuide,
} from './guide.ts'
import type { KeyContext } from './key-context.ts'
import { acceptField, editLoad, eraseDigit, fieldBefore, leaveField, nextField, toggleLoad } from './load.ts'
import {
  abortConnection,
  closeConnection,
  closeManual,
  connectionAbove,
  connectionBelow,
  openConnection,
  openManual,
  readSlowly,
  sendHalf,
  sendRequest,
  typeLine,
  typeLineToIt,
} from './manual.ts'
import { down, first, last, nextPane, pageDown, pageUp, previousPane, up } from './move.ts'
import { answerNo, answerYes } from './question.ts'
import { chart, closeHelp, freeze, help, mouse, sockets } from './screen.ts'
import { start, stop, toggleThreads } from './server.ts'
import { closeSignals, openSignals, sendAwaited, sendSignal, signalDown, signalUp } from './signals.ts'
import { quit, quitNow, redraw, suspend } from './terminal.ts'
import { acceptText, eraseCharacter, leaveText } from './typing.ts'

/**
 * Every key of the program: the only list of them. What handles the keys, the help and the line of keys go by it, in
 * this order.
 */
const commands = [
  start,
  stop,
  toggleLoad,
  openSignals,
  editLoad,
  typeLine,
  openManual,
  chart,
  sockets,
  openGuide,
  toggleThreads,
  sendAwaited,
  freeze,
  filter,
  pause,
  allEvents,
  eventToProcess,
  processToEvent,
  mouse,
  up,
  down,
  pageUp,
  pageDown,
  first,
  last,
  nextPane,
  previousPane,
  help,
  quit,

  acceptField,
  nextField,
  fieldBefore,
  leaveField,
  eraseDigit,

  acceptText,
  leaveText,
  eraseCharacter,

  openConnection,
  typeLineToIt,
  sendHalf,
  sendRequest,
  readSlowly,
  closeConnection,
  abortConnection,
  connectionAbove,
  connectionBelow,
  closeManual,

  signalUp,
  signalDown,
  sendSignal,
  closeSignals,

  guideUp,
  guideDown,
  guidePageUp,
  guidePageDown,
  guideFirst,
  guideLast,
  closeGuide,

  closeHelp,

  answerYes,
  answerNo,

  redraw,
  suspend,
  quitNow,
] as const

export type CommandId = (typeof commands)[number]['id']

/** The commands of those keys that count there, in the order of the help. */
export function commandsIn(context: KeyContext): readonly Command<CommandId>[] {
  return commands.filter((each: Command) => each.context === context || each.context === 'everywhere')
}

/** What the key does there, or undefined. */
export function findCommand(context: KeyContext, key: string): Command | undefined {
  return commandsIn(context).find(({ keys }) => keys.includes(key))
}
