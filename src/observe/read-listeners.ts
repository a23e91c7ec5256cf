import { closeSync, openSync, readSync } from 'node:fs'
import type { Listener } from '../state/event.ts'

const LISTEN = '0A'
const block = Buffer.alloc(64 * 1024)

export type ListeningSocket = Omit<Listener, 'pids'>

/** Every TCP socket of this network namespace that listens. Source: proc_pid_net(5), tcp. */
export function readListeners(): ListeningSocket[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(readTable)
}

/** Listeners stand before all other sockets in the table, so reading ends at the first that is none. */
function readTable(path: string): ListeningSocket[] {
  const sockets: ListeningSocket[] = []
  let rest = ''
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch {
    return [] // no IPv6 in this kernel
  }
  try {
    for (let first = true; ; first = false) {
      const length = readSync(fd, block, 0, block.length, null)
      const lines = (rest + block.toString('latin1', 0, length)).split('\n')
      rest = lines.pop()!
      for (const line of first ? lines.slice(1) : lines) {
        const socket = parseSocket(line)
        if (!socket) return sockets
        sockets.push(socket)
      }
      if (length === 0) return sockets
    }
  } finally {
    closeSync(fd)
  }
}

/** One line of the table; null when the socket does not listen. A listener's rx_queue is its accept queue. */
export function parseSocket(line: string): ListeningSocket | null {
  const [, local, , state, queues, , , , , inode] = line.trim().split(/\s+/)
  if (state !== LISTEN) return null
  const [address, port] = local!.split(':')
  return { inode: inode!, address: parseAddress(address!), port: parseInt(port!, 16), queued: parseInt(queues!.split(':')[1]!, 16) }
}

/** The table writes addresses as 32-bit words in the machine's byte order: little-endian on x64 and arm64. */
function parseAddress(hex: string): string {
  const bytes = hex.match(/.{8}/g)!.flatMap((word) => word.match(/../g)!.reverse().map((byte) => parseInt(byte, 16)))
  if (bytes.length === 4) return bytes.join('.')
  if (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255) return bytes.slice(12).join('.')
  const words = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16))
  return words.join(':').replace(/(^|:)0(:0)+(:|$)/, '::')
}
