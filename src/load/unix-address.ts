import { statSync } from 'node:fs'
import { endianness } from 'node:os'
import type { SocketAddress } from '../../servers/posix/socket.ts'

const AF_UNIX = 1
/** Whether a Unix socket has that path, be somebody listening or not. */
export function isSocketThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isSocket() ?? false
}

/** The address of a Unix socket. Source: unix(7), struct sockaddr_un. */
export function unixAddress(path: string): SocketAddress {
  const family = new Uint8Array(2)
  family[endianness() === 'LE' ? 0 : 1] = AF_UNIX
  return Buffer.concat([family, Buffer.from(path), new Uint8Array(1)])
}
