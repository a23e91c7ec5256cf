/**
 * ppoll: the cure for the signal race in one system call, as pselect is. The signal is blocked, so that it waits,
 * and ppoll lets it in and begins to wait in one step: there is no window between the two.
 * Source: csdesign, alternatives to the self-pipe; UNP 20.5 (pselect); ppoll(2).
 */
import { blockSignal, getpid, PollArray, ppoll, signal } from '../posix/index.ts'
import { countDown } from './count-down.ts'
import { inOneThread } from './one-thread.ts'
import type { LabOptions } from './options.ts'
import { outcomeOf } from './outcome-of.ts'
import { say } from './say.ts'

export function pollWithMask(options: LabOptions): boolean {
  return inOneThread(() => waitWithMask(options))
}

function waitWithMask({ window }: LabOptions): boolean {
  let came = 0
  signal('SIGUSR1', () => came++)
  blockSignal('SIGUSR1')
  say(`1. Process ${getpid()} has a handler for SIGUSR1, and blocks it: one that comes waits.`)
  countDown(window)
  const early = came
  say(
    '2. ppoll lets SIGUSR1 in and waits, in one step. If one came in the window, it is let in; else send one now.',
  )
  const outcome = outcomeOf(() => ppoll(new PollArray(), 'SIGUSR1'))
  say(`3. Got signal: ppoll fails: ${outcome}. The handler ran only now: nothing was missed.`)
  return outcome === 'EINTR' && early === 0 && came === 1
}
