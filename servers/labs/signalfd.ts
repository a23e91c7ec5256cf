/**
 * signalfd: Linux's cure for the signal race. The signal is blocked, so that it waits instead of being handled, and
 * a descriptor can be read while it waits. select waits for that descriptor, and no handler is needed.
 * Source: csdesign, alternatives to the self-pipe; signalfd(2).
 */
import { constants } from 'node:os'
import { blockSignal, FdSet, getpid, read, SignalInfo, signalfd, unprotectedSelect } from '../posix/index.ts'
import { countDown } from './count-down.ts'
import { inOneThread } from './one-thread.ts'
import type { LabOptions } from './options.ts'
import { outcomeOf } from './outcome-of.ts'
import { say } from './say.ts'

export function signalDescriptor(options: LabOptions): boolean {
  return inOneThread(() => waitForDescriptor(options))
}

function waitForDescriptor({ window }: LabOptions): boolean {
  blockSignal('SIGUSR1')
  const fd = signalfd('SIGUSR1')
  say(`1. Process ${getpid()} blocks SIGUSR1: one that comes waits.`)
  say(`2. Descriptor ${fd}, from signalfd, can be read while one waits. It is in the set of select.`)
  countDown(window)
  say('select waits for the descriptor. If a signal came in the window, it is ready; else send one now.')
  const set = new FdSet()
  set.add(fd)
  const outcome = outcomeOf(() => unprotectedSelect(fd + 1, set, null))
  say(`3. Got signal: select returns ${outcome}: ${fd} can be read.`)
  const info = new SignalInfo()
  read(fd, info.bytes)
  say(`4. Read: signal ${info.number} from process ${info.sender}. Nothing was missed.`)
  return outcome === 1 && info.number === constants.signals.SIGUSR1
}
