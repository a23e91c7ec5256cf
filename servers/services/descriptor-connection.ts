import { read, WOULD_BLOCK, write } from '../posix/index.ts'
import { type Connection, pause, type Wait } from './service.ts'

/** A connection over its descriptor, which may block or not. */
export class DescriptorConnection implements Connection {
  readonly fd: number
  /** Whether the last call found that it would have to wait. */
  wouldBlock = false

  constructor(fd: number) {
    this.fd = fd
  }

  *read(into: Uint8Array): Generator<Wait, number> {
    for (;;) {
      yield 'readable'
      const length = read(this.fd, into)
      this.wouldBlock = length === WOULD_BLOCK
      if (!this.wouldBlock) return length
    }
  }

  *write(data: Uint8Array, length = data.length): Generator<Wait, void> {
    for (let written = 0; written < length; ) {
      yield 'writable'
      const taken = write(this.fd, data, written, length - written)
      this.wouldBlock = taken === WOULD_BLOCK
      if (!this.wouldBlock) written += taken
    }
  }

  *sleep(milliseconds: number): Generator<Wait, void> {
    yield pause(milliseconds)
  }
}
