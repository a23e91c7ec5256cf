import { read } from '../../servers/posix/descriptor.ts'
import type { WorkerOrder } from './worker-messages.ts'

/** Reads a worker's orders from a descriptor, one JSON object a line. */
export class Orders {
  readonly #fd: number
  readonly #input = Buffer.alloc(4096)
  #text = ''

  constructor(fd: number) {
    this.#fd = fd
  }

  /** Waits for input and returns the orders that are complete by then; null when there will be no more. */
  read(): WorkerOrder[] | null {
    const length = read(this.#fd, this.#input)
    if (length === 0) return null
    this.#text += this.#input.toString('utf8', 0, length)
    const lines = this.#text.split('\n')
    this.#text = lines.pop()!
    return lines.map((line) => JSON.parse(line))
  }
}
