import { addon } from '../../servers/posix/addon.ts'
import {
  close,
  connect,
  read,
  setNonBlocking,
  setResetOnClose,
  socket,
  socketAddress,
  write,
} from '../../servers/posix/index.ts'

const HOST = '127.0.0.1'
const SOL_SOCKET = 1
const SO_RCVBUF = 8
const IPPROTO_TCP = 6
const TCP_MAXSEG = 2

const byte = new Uint8Array(1)

/** A client whose every system call is the test's to make. */
export type NarrowClient = {
  /** Takes one byte of the answer and no more; false when none is there. */
  readByte(): boolean
  /** Ends the connection as clients should. */
  leave(): void
  /** Ends it with RST: SO_LINGER {1, 0}. */
  reset(): void
}

/**
 * Connects and sends the request. On loopback the kernel would hold an answer of 1 MiB in its buffers; with small
 * segments and next to no room at this end most of it is left to the server, which has to wait for its reader.
 */
export function connectNarrow(port: number, request = ''): NarrowClient {
  const fd = socket(HOST)
  addon.setOption!(fd, SOL_SOCKET, SO_RCVBUF, 1)
  addon.setOption!(fd, IPPROTO_TCP, TCP_MAXSEG, 536)
  connect(fd, socketAddress(HOST, port))
  setNonBlocking(fd)
  if (request !== '') write(fd, Buffer.from(request))
  return {
    readByte: () => read(fd, byte) === 1,
    leave: () => close(fd),
    reset() {
      setResetOnClose(fd)
      close(fd)
    },
  }
}
