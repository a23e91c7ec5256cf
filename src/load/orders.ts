import { read } from '../../servers/posix/descriptor.ts'
import type { WorkerOrder } from './worker-messages.ts'

const NEWLINE = 0x0a

/** The orders that a worker is given on a descriptor, each a line of JSON, in whatever pieces they come. */
export class Orders {
  readonly #fd: number
  readonly #input = Buffer.alloc(64 * 1024)
  /** Pieces of the line that has not ended yet. */
  #line: Buffer[] = []

  constructor(fd: number) {
    this.#fd = fd
  }

  /** Waits for input and returns the orders that are complete by then; null when there will be no more. */
  read(): WorkerOrder[] | null {
    const length = read(this.#fd, this.#input)
    if (length === 0) return null
    const orders: WorkerOrder[] = []
    let from = 0
    for (let end = this.#next(from, length); end >= 0; end = this.#next(from, length)) {
      this.#keep(from, end)
      orders.push(JSON.parse(Buffer.concat(this.#line).toString()))
      this.#line = []
      from = end + 1
    }
    this.#keep(from, length)
    return orders
  }

  #next(from: number, to: number): number {
    return this.#input.subarray(0, to).indexOf(NEWLINE, from)
  }

  #keep(from: number, to: number): void {
    if (to > from) this.#line.push(Buffer.from(this.#input.subarray(from, to)))
  }
}
