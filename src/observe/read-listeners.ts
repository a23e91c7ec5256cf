import type { Listener } from '../state/event.ts'
import { dumpSockets } from './sock-diag.ts'

export type ListeningSocket = Omit<Listener, 'pids'>

/**
 * Every TCP socket of this network namespace that listens. The kernel is asked for listeners alone: /proc/net/tcp
 * walks through every connection of a busy machine to say the same. Throws PosixError.
 */
export function readListeners(): ListeningSocket[] {
  return dumpSockets(['listen']).map(({ inode, address, port, receiveQueue, sendQueue }) => ({
    inode,
    address,
    port,
    queued: receiveQueue,
    backlog: sendQueue,
  }))
}
