import { close, read, write } from '../../servers/posix/descriptor.ts'
import { PosixError } from '../../servers/posix/error.ts'
import { diagnosticSocket } from '../../servers/posix/socket.ts'
import type { Endpoint, TcpState } from '../state/event.ts'

/** The kernel's states of a TCP socket, by number. Source: include/net/tcp_states.h. */
const tcpStates: Record<number, TcpState> = {
  1: 'established',
  2: 'syn-sent',
  3: 'syn-received',
  4: 'fin-wait-1',
  5: 'fin-wait-2',
  6: 'time-wait',
  7: 'close',
  8: 'close-wait',
  9: 'last-ack',
  10: 'listen',
  11: 'closing',
  12: 'syn-received',
}

/** What the kernel says of one TCP socket. Queues in bytes; of a listener in connections, and how many may wait. */
export type Diagnosis = {
  state: TcpState
  address: string
  port: number
  peerAddress: string
  peerPort: number
  receiveQueue: number
  sendQueue: number
  /** `0` while no process has it: until it is accepted, and after it is closed. */
  inode: string
}

const AF_INET = 2
const AF_INET6 = 10
const IPPROTO_TCP = 6

const SOCK_DIAG_BY_FAMILY = 20
const NLM_F_REQUEST = 1
const NLM_F_DUMP = 0x300
const NLMSG_ERROR = 2
const NLMSG_DONE = 3
const HEADER = 16
const ENOENT = 2
const NO_COOKIE = 0xffffffff

const reply = Buffer.alloc(64 * 1024)

/** Every TCP socket of this network namespace that is in one of the states. Throws PosixError. Source: sock_diag(7). */
export function dumpSockets(states: readonly TcpState[]): Diagnosis[] {
  const mask = Object.entries(tcpStates)
    .filter(([, name]) => states.includes(name))
    .reduce((sum, [number]) => sum | (1 << Number(number)), 0)
  return withSocket((socket) => [AF_INET, AF_INET6].flatMap((family) => dump(socket, family, mask)))
}

/** The socket of this machine at `local` that is connected to `peer`; null when there is none. Throws PosixError. */
export function findSocket(local: Endpoint, peer: Endpoint): Diagnosis | null {
  const message = request(NLM_F_REQUEST, local.address.includes(':') ? AF_INET6 : AF_INET, -1)
  message.writeUInt16BE(local.port, HEADER + 8)
  message.writeUInt16BE(peer.port, HEADER + 10)
  message.set(addressBytes(local.address), HEADER + 12)
  message.set(addressBytes(peer.address), HEADER + 28)
  message.writeUInt32LE(NO_COOKIE, HEADER + 48)
  message.writeUInt32LE(NO_COOKIE, HEADER + 52)
  return withSocket((socket) => {
    write(socket, message)
    read(socket, reply)
    if (reply.readUInt16LE(4) === NLMSG_ERROR) {
      const errno = -reply.readInt32LE(HEADER)
      if (errno === ENOENT) return null
      throw new PosixError('sock_diag', errno)
    }
    const found = parseDiagnosis(reply.subarray(HEADER, reply.readUInt32LE(0)))
    // Where no connection is, the kernel answers with the listener that would take one.
    return found.state === 'listen' ? null : found
  })
}

function withSocket<T>(use: (socket: number) => T): T {
  const socket = diagnosticSocket()
  try {
    return use(socket)
  } finally {
    close(socket)
  }
}

function dump(socket: number, family: number, states: number): Diagnosis[] {
  write(socket, request(NLM_F_REQUEST | NLM_F_DUMP, family, states))
  const sockets: Diagnosis[] = []
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

/** A netlink header and an inet_diag_req_v2 that asks for the sockets in these states. */
function request(flags: number, family: number, states: number): Buffer {
  const message = Buffer.alloc(HEADER + 56)
  message.writeUInt32LE(message.length, 0)
  message.writeUInt16LE(SOCK_DIAG_BY_FAMILY, 4)
  message.writeUInt16LE(flags, 6)
  message.writeUInt8(family, HEADER)
  message.writeUInt8(IPPROTO_TCP, HEADER + 1)
  message.writeInt32LE(states, HEADER + 4)
  return message
}

/** An inet_diag_msg. A listener's receive queue is its accept queue, its send queue the limit of that. */
export function parseDiagnosis(message: Buffer): Diagnosis {
  const isIPv4 = message.readUInt8(0) === AF_INET
  const address = (at: number) =>
    isIPv4 ? [...message.subarray(at, at + 4)].join('.') : address6(message.subarray(at, at + 16))
  return {
    state: tcpStates[message.readUInt8(1)] ?? 'close',
    port: message.readUInt16BE(4),
    peerPort: message.readUInt16BE(6),
    address: address(8),
    peerAddress: address(24),
    receiveQueue: message.readUInt32LE(56),
    sendQueue: message.readUInt32LE(60),
    inode: String(message.readUInt32LE(68)),
  }
}

function addressBytes(address: string): number[] {
  if (!address.includes(':')) return address.split('.').map(Number)
  const [before = [], after = []] = address
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16))))
  const zeros = Array<number>(8 - before.length - after.length).fill(0)
  return [...before, ...zeros, ...after].flatMap((word) => [word >> 8, word & 0xff])
}

function address6(bytes: Buffer): string {
  const isMapped = bytes.subarray(0, 10).every((byte) => byte === 0) && bytes.readUInt16BE(10) === 0xffff
  if (isMapped) return [...bytes.subarray(12)].join('.')
  const words = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(2 * i).toString(16))
  return words.join(':').replace(/(^|:)0(:0)+(:|$)/, '::')
}
