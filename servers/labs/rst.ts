/**
 * Reset: a server closes a connection in the ordinary way and its client reads the end of the stream; then it sets
 * SO_LINGER to {1, 0} first, so that close sends RST instead of FIN and the client's read fails with ECONNRESET.
 * Source: csdesign rstserver; UNP 5.11 and 7.5; socket(7).
 */
import { accept, close, getpid, read, setResetOnClose, waitpid } from '../posix/index.ts'
import { connectTo, forkPeer, listenOnLoopback } from './loopback.ts'
import { outcomeOf } from './outcome-of.ts'
import { say } from './say.ts'

export function rst(): boolean {
  const listener = listenOnLoopback()
  say(`Server ${getpid()} listens. A client, a process of its own, will connect and wait in read, twice.`)
  say('1. The server closes the connection in the ordinary way: FIN.')
  const orderly = meet(listener, 0, close)
  say('2. The server sets SO_LINGER to {1, 0}, then closes: RST.')
  const reset = meet(listener, 'ECONNRESET', (connection) => {
    setResetOnClose(connection)
    close(connection)
  })
  say('The same close, but the second client learns that its connection was thrown away.')
  return orderly && reset
}

/** Whether the client's read came to what was expected. */
function meet(listener: number, expected: number | string, closing: (connection: number) => void): boolean {
  const client = forkPeer(() => {
    const connection = connectTo(listener)
    const outcome = outcomeOf(() => read(connection, new Uint8Array(1)))
    say(
      `   client ${getpid()}: read ${outcome === 0 ? 'returns 0, the end of the stream' : `fails: ${outcome}`}`,
    )
    return outcome === expected
  })
  closing(accept(listener))
  return waitpid(client)?.code === 0
}
