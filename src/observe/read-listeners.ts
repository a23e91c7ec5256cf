import { close, read, write } from '../../servers/posix/descriptor.ts'
import { PosixError } from '../../servers/posix/error.ts'
import { diagnosticSocket } from '../../servers/posix/socket.ts'
import type { Listener } from '../state/event.ts'

export type ListeningSocket = Omit<Listener, 'pids'>

const AF_INET = 2
const AF_INET6 = 10
const IPPROTO_TCP = 6
const TCP_LISTEN = 10

const SOCK_DIAG_BY_FAMILY = 20
const NLM_F_REQUEST_AND_DUMP = 0x301
const NLMSG_ERROR = 2
const NLMSG_DONE = 3
const HEADER = 16

const reply = Buffer.alloc(64 * 1024)

/**
 * Every TCP socket of this network namespace that listens. The kernel is asked for listeners alone: /proc/net/tcp
 * walks through every connection of a busy machine to say the same. Throws PosixError. Source: sock_diag(7).
 */
export function readListeners(): ListeningSocket[] {
  const socket = diagnosticSocket()
  try {
    return [AF_INET, AF_INET6].flatMap((family) => dump(socket, family))
  } finally {
    close(socket)
  }
}

function dump(socket: number, family: number): ListeningSocket[] {
  write(socket, request(family))
  const sockets: ListeningSocket[] = []
  for (;;) {
    const length = read(socket, reply)
    for (let at = 0; at + HEADER <= length; ) {
      const size = reply.readUInt32LE(at)
      const type = reply.readUInt16LE(at + 4)
      if (type === NLMSG_DONE) return sockets
      if (type === NLMSG_ERROR) throw new PosixError('sock_diag', -reply.readInt32LE(at + HEADER))
      sockets.push(parseDiagnosis(reply.subarray(at + HEADER, at + size)))
      at += (size + 3) & ~3
    }
  }
}

/** A netlink header and an inet_diag_req_v2 that asks for the sockets in state LISTEN. */
function request(family: number): Buffer {
  const message = Buffer.alloc(HEADER + 56)
  message.writeUInt32LE(message.length, 0)
  message.writeUInt16LE(SOCK_DIAG_BY_FAMILY, 4)
  message.writeUInt16LE(NLM_F_REQUEST_AND_DUMP, 6)
  message.writeUInt8(family, HEADER)
  message.writeUInt8(IPPROTO_TCP, HEADER + 1)
  message.writeUInt32LE(1 << TCP_LISTEN, HEADER + 4)
  return message
}

/** An inet_diag_msg. A listener's receive queue is its accept queue, its send queue the limit of that. */
export function parseDiagnosis(message: Buffer): ListeningSocket {
  const family = message.readUInt8(0)
  return {
    address: family === AF_INET ? [...message.subarray(8, 12)].join('.') : address6(message.subarray(8, 24)),
    port: message.readUInt16BE(4),
    queued: message.readUInt32LE(56),
    backlog: message.readUInt32LE(60),
    inode: String(message.readUInt32LE(68)),
  }
}

function address6(bytes: Buffer): string {
  const isMapped = bytes.subarray(0, 10).every((byte) => byte === 0) && bytes.readUInt16BE(10) === 0xffff
  if (isMapped) return [...bytes.subarray(12)].join('.')
  const words = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(2 * i).toString(16))
  return words.join(':').replace(/(^|:)0(:0)+(:|$)/, '::')
}
