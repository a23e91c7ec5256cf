import { read, WOULD_BLOCK, write } from '../posix/index.ts'
import type { Wait } from './service.ts'

/** A client's connection as a service sees it: the same under a model that blocks and one that does not. */
export class Connection {
  readonly fd: number
  /** Whether the last call found that it would have to wait. */
  wouldBlock = false

  constructor(fd: number) {
    this.fd = fd
  }

  /** Reads once; returns how many bytes came, 0 at the end. Throws PosixError (ECONNRESET). */
  *read(into: Uint8Array): Generator<Wait, number> {
    for (;;) {
      yield 'readable'
      const length = read(this.fd, into)
      this.wouldBlock = length === WOULD_BLOCK
      if (!this.wouldBlock) return length
    }
  }

  /** Writes all of it. Throws PosixError: EPIPE or ECONNRESET when the client is gone. */
  *write(data: Uint8Array, length = data.length): Generator<Wait, void> {
    for (let written = 0; written < length; ) {
      yield 'writable'
      const taken = write(this.fd, data, written, length - written)
      this.wouldBlock = taken === WOULD_BLOCK
      if (!this.wouldBlock) written += taken
    }
  }

  /** Lets so many milliseconds pass. */
  *sleep(milliseconds: number): Generator<Wait, void> {
    yield { milliseconds }
  }
}
