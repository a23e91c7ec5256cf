import type { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { type Connection, pause, type Wait } from './service.ts'

/** A connection over one of Node's own sockets. */
export class StreamConnection implements Connection {
  readonly #socket: Socket
  #ended = false
  #error: Error | null = null
  #flushed = true
  #wake = () => {}

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('readable', () => this.#wake())
    socket.on('end', () => this.#end(null))
    socket.on('close', () => this.#end(null))
    socket.on('error', (error) => this.#end(error))
  }

  *read(into: Uint8Array): Generator<Wait, number> {
    for (;;) {
      yield 'readable'
      if (this.#error) throw this.#error
      const chunk: Buffer | null = this.#socket.read(Math.min(into.length, this.#socket.readableLength))
      if (chunk) into.set(chunk)
      if (chunk || this.#ended) return chunk?.length ?? 0
    }
  }

  *write(data: Uint8Array, length = data.length): Generator<Wait, void> {
    this.#flushed = false
    this.#socket.write(data.subarray(0, length), () => {
      this.#flushed = true
      this.#wake()
    })
    // Only then may the service use its buffer again.
    while (!this.#flushed) {
      yield 'writable'
      if (this.#error) throw this.#error
    }
  }

  *sleep(milliseconds: number): Generator<Wait, void> {
    yield pause(milliseconds)
  }

  /** Resolves when what the service waits for may have come true. */
  until(wait: Wait): Promise<void> {
    // What arrives meanwhile is for later: it must not end the sleep.
    if (typeof wait === 'object') return setTimeout(wait.milliseconds)
    return new Promise((resolve) => {
      this.#wake = resolve
      if (
        this.#ended ||
        this.#error ||
        (wait === 'readable' ? this.#socket.readableLength > 0 : this.#flushed)
      )
        resolve()
    })
  }

  #end(error: Error | null): void {
    this.#ended = true
    this.#error ??= error
    this.#wake()
  }
}
