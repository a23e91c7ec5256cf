/**
 * SIGPIPE: a client whose connection was reset reads, which fails with ECONNRESET, and then writes all the same. The
 * kernel sends it SIGPIPE, which ends a process by default; who ignores the signal gets EPIPE from write instead.
 * Source: csdesign sigpipe; UNP 5.13; write(2), signal(7).
 */
import { constants } from 'node:os'
import {
  accept,
  close,
  getpid,
  read,
  setResetOnClose,
  signal,
  type Waited,
  waitpid,
  write,
} from '../posix/index.ts'
import { connectTo, forkPeer, listenOnLoopback } from './loopback.ts'
import { outcomeOf } from './outcome-of.ts'
import { say } from './say.ts'

export function sigpipe(): boolean {
  const listener = listenOnLoopback()
  say(`Server ${getpid()} listens, and resets each connection: SO_LINGER {1, 0}, close.`)
  say('1. A client that ignores SIGPIPE, as Node and Python do.')
  const ignoring = meet(listener, 'ignore')
  say('2. A client that leaves SIGPIPE its default action, as a C program does.')
  const ended = meet(listener, 'default')
  say('The same write: one client can handle an error, the other is gone without a word of its own.')
  return ignoring?.code === 0 && ended?.signal === 'SIGPIPE'
}

/** How the client ended. */
function meet(listener: number, action: 'ignore' | 'default'): Waited | null {
  const client = forkPeer(() => {
    signal('SIGPIPE', action)
    return readThenWrite(connectTo(listener))
  })
  const connection = accept(listener)
  setResetOnClose(connection)
  close(connection)
  const waited = waitpid(client)
  say(`   server: the client's wait status is ${waited ? statusText(waited) : 'unknown'}`)
  return waited
}

/** Whether the write fails with EPIPE. With the default action it does not return. */
function readThenWrite(connection: number): boolean {
  const byte = new Uint8Array(1)
  say(`   client ${getpid()}: read fails: ${outcomeOf(() => read(connection, byte))}`)
  say(`   client ${getpid()}: writes all the same`)
  const outcome = outcomeOf(() => write(connection, byte))
  say(`   client ${getpid()}: write fails: ${outcome}`)
  return outcome === 'EPIPE'
}

function statusText({ code, signal }: Waited): string {
  return signal ? `${constants.signals[signal]}: ended by signal ${signal}` : `exit code ${code}`
}
