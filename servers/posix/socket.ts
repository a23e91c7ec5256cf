import { isIPv6 } from 'node:net'
import { addon } from './addon.ts'
import { check, resume } from './call.ts'
import { failedWith } from './error.ts'

const AF_INET = 2
const AF_INET6 = 10
const AF_NETLINK = 16
const SOCK_STREAM = 1
const SOCK_RAW = 3
const SOCK_NONBLOCK = 0o4000
const SOL_SOCKET = 1
const SO_REUSEADDR = 2
const SO_REUSEPORT = 15
const IPPROTO_TCP = 6
const TCP_NODELAY = 1
const TCP_CORK = 3
const TCP_INFO = 11
/** Where tcpi_data_segs_out stands in struct tcp_info, in bytes. Source: <linux/tcp.h>. */
const DATA_SEGS_OUT = 156
const SHUT_WR = 1
const NETLINK_SOCK_DIAG = 4

/** A socket address as the kernel wants it: a sockaddr_in or sockaddr_in6. Source: ip(7), ipv6(7). */
export type SocketAddress = Uint8Array

/**
 * Returns the socket address of a numeric IPv4 or IPv6 host. Throws PosixError (EINVAL) for anything else, a RangeError
 * for a port above 65535. Source: inet_pton(3).
 */
export function socketAddress(host: string, port: number): SocketAddress {
  const space = new Uint8Array(28)
  return space.subarray(0, check('inet_pton', addon.makeAddress!(host, port, space)))
}

/** Returns a new TCP socket for that kind of address. Throws PosixError. Source: socket(2). */
export function socket(host: string, { nonBlocking = false } = {}): number {
  const family = isIPv6(host) ? AF_INET6 : AF_INET
  return check('socket', addon.socket!(family, SOCK_STREAM | (nonBlocking ? SOCK_NONBLOCK : 0), 0))
}

/** Returns a socket that asks the kernel about sockets. Throws PosixError. Source: sock_diag(7). */
export function diagnosticSocket(): number {
  return check('socket', addon.socket!(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG))
}

/** Names the socket. Throws PosixError: EADDRINUSE, EACCES below port 1024. Source: bind(2). */
export function bind(fd: number, address: SocketAddress): void {
  check('bind', addon.bind!(fd, address))
}

/** Makes the socket a listener whose queue holds `backlog` connections. Throws PosixError (EADDRINUSE). Source: listen(2). */
export function listen(fd: number, backlog: number): void {
  check('listen', addon.listen!(fd, backlog))
}

/**
 * Takes the first connection from the listener's queue, waiting for one; a client that is gone again is passed
 * over. Returns its descriptor, or WOULD_BLOCK. Throws PosixError (EMFILE at the limit of descriptors).
 * Source: accept(2).
 */
export function accept(listener: number): number {
  for (;;) {
    try {
      return resume('accept', () => addon.accept!(listener))
    } catch (error) {
      if (!failedWith(error, 'ECONNABORTED')) throw error
    }
  }
}

/**
 * Connects. Returns 0, or WOULD_BLOCK when the socket does not block and the connection is under way. Throws
 * PosixError (ECONNREFUSED, ETIMEDOUT). Source: connect(2).
 */
export function connect(fd: number, address: SocketAddress): number {
  return resume('connect', () => addon.connect!(fd, address))
}

/** Sends the end of the stream and keeps reading. Throws PosixError (ENOTCONN). Source: shutdown(2). */
export function shutdownWrite(fd: number): void {
  check('shutdown', addon.shutdown!(fd, SHUT_WR))
}

/** Lets the port be bound again while old connections are in TIME_WAIT. Throws PosixError. Source: socket(7), SO_REUSEADDR. */
export function setReuseAddress(fd: number): void {
  check('setsockopt', addon.setOption!(fd, SOL_SOCKET, SO_REUSEADDR, 1))
}

/**
 * Lets several sockets listen on the same address; the kernel spreads the connections. Throws PosixError.
 * Source: socket(7), SO_REUSEPORT.
 */
export function setReusePort(fd: number): void {
  check('setsockopt', addon.setOption!(fd, SOL_SOCKET, SO_REUSEPORT, 1))
}

/**
 * From now on closing the socket sends RST and drops what was not sent. Throws PosixError.
 * Source: socket(7), SO_LINGER {1, 0}.
 */
export function setResetOnClose(fd: number): void {
  check('setsockopt', addon.setLinger!(fd, 1, 0))
}

/** Sends what is written at once, be it ever so little. Throws PosixError. Source: tcp(7), TCP_NODELAY. */
export function setNoDelay(fd: number): void {
  check('setsockopt', addon.setOption!(fd, IPPROTO_TCP, TCP_NODELAY, 1))
}

/** Holds back segments that are not full, until the cork is pulled. Throws PosixError. Source: tcp(7), TCP_CORK. */
export function setCork(fd: number, on: boolean): void {
  check('setsockopt', addon.setOption!(fd, IPPROTO_TCP, TCP_CORK, on ? 1 : 0))
}

/**
 * Returns how many segments with data in them the connection has sent. Throws PosixError, and a sentence when the kernel
 * does not tell. Source: tcp(7), TCP_INFO.
 */
export function dataSegmentsSent(fd: number): number {
  const info = new Int32Array(64)
  const length = check('getsockopt', addon.getOption!(fd, IPPROTO_TCP, TCP_INFO, info))
  if (length <= DATA_SEGS_OUT) throw new Error('The kernel does not tell how many segments it sent.')
  return info[DATA_SEGS_OUT / 4]!
}

/** Returns the port that the socket is bound to. Throws PosixError. Source: getsockname(2). */
export function localPort(fd: number): number {
  const address = new Uint8Array(28)
  check('getsockname', addon.localName!(fd, address))
  return (address[2]! << 8) | address[3]!
}

/**
 * Sends up to `length` bytes of a file, from where its offset stands, without their passing through this process.
 * Returns how many were taken: 0 at the end of the file. Throws PosixError. Source: sendfile(2).
 */
export function sendfile(socket: number, file: number, length: number): number {
  return resume('sendfile', () => addon.sendFile!(socket, file, length))
}

/** Returns the errno that a connect under way ended with, 0 for success. Throws PosixError. Source: socket(7), SO_ERROR. */
export function socketError(fd: number): number {
  return check('getsockopt', addon.socketError!(fd))
}

/** Returns two connected Unix stream sockets. Throws PosixError (EMFILE). Source: socketpair(2). */
export function socketpair(): [number, number] {
  const ends = new Int32Array(2)
  check('socketpair', addon.socketPair!(ends))
  return [ends[0]!, ends[1]!]
}

/** Passes an open descriptor to the process at the other end. Throws PosixError (EPIPE). Source: unix(7), SCM_RIGHTS. */
export function sendfd(socket: number, fd: number): void {
  resume('sendmsg', () => addon.sendDescriptor!(socket, fd))
}

/** Waits for a descriptor and returns it. Throws PosixError: EPIPE when the sender is gone. Source: unix(7). */
export function recvfd(socket: number): number {
  return resume('recvmsg', () => addon.receiveDescriptor!(socket))
}
