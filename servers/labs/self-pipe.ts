/**
 * Self-pipe: the cure for the signal race that works everywhere. The handler writes a byte into a pipe whose read
 * end is among the descriptors that select waits for: a byte stays there, so a signal in the window is not missed.
 * Source: csdesign selfpipe; D. J. Bernstein's self-pipe trick; select(2), signal-safety(7).
 */
import {
  FdSet,
  getpid,
  pipe,
  read,
  setNonBlocking,
  setWakeupDescriptor,
  signal,
  unprotectedSelect,
  WOULD_BLOCK,
} from '../posix/index.ts'
import { countDown } from './count-down.ts'
import type { LabOptions } from './options.ts'
import { outcomeOf } from './outcome-of.ts'
import { say } from './say.ts'

export function selfPipe({ window }: LabOptions): boolean {
  const [readEnd, writeEnd] = pipe()
  setNonBlocking(readEnd)
  setNonBlocking(writeEnd)
  setWakeupDescriptor(writeEnd)
  signal('SIGUSR1', () => {})
  say(`1. Process ${getpid()} has a pipe whose ends ${readEnd} and ${writeEnd} do not block.`)
  say(`2. ${readEnd}, its read end, is in the set that select will wait for.`)
  say('3. The handler of SIGUSR1 writes a byte into the other end.')
  countDown(window)
  say('select waits for the pipe. If a signal came in the window, a byte is in it; else send one now.')
  const ready = waitFor(readEnd)
  say(`4. Got signal: select reports that ${readEnd} can be read.`)
  const bytes = drain(readEnd)
  say(
    `5. Drained: ${bytes} ${bytes === 1 ? 'byte' : 'bytes'}, one for each run of the handler. Nothing was missed.`,
  )
  return ready && bytes > 0
}

/** A signal that comes within select ends it with EINTR, and has written its byte: then select is called again. */
function waitFor(fd: number): boolean {
  const set = new FdSet()
  let outcome: number | string
  do {
    set.add(fd)
    outcome = outcomeOf(() => unprotectedSelect(fd + 1, set, null))
    if (outcome === 'EINTR') say('   select fails: EINTR. It is called again.')
  } while (outcome === 'EINTR')
  return set.has(fd)
}

/** Reads until nothing is left, so that the next select waits again. Returns how many bytes there were. */
function drain(fd: number): number {
  const bytes = new Uint8Array(64)
  let sum = 0
  for (let n = read(fd, bytes); n !== WOULD_BLOCK; n = read(fd, bytes)) sum += n
  return sum
}
