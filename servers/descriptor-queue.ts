const LENGTH = 128
const HEAD = 0
const TAIL = 1
const SLOTS = 2

/**
 * A queue of descriptors in memory that threads share: one thread puts, any number take. Positions only grow;
 * waiting is a futex, by Atomics.wait. Source: UNP 30.12, where it is a mutex and a condition variable.
 */
export class DescriptorQueue {
  readonly memory: SharedArrayBuffer
  readonly #words: Int32Array

  constructor(memory = new SharedArrayBuffer(4 * (SLOTS + LENGTH))) {
    this.memory = memory
    this.#words = new Int32Array(memory)
  }

  /** Appends a descriptor, waiting while the queue is full. */
  put(fd: number): void {
    const words = this.#words
    const tail = words[TAIL]!
    for (let head = Atomics.load(words, HEAD); tail - head >= LENGTH; head = Atomics.load(words, HEAD))
      Atomics.wait(words, HEAD, head)
    words[SLOTS + (tail % LENGTH)] = fd
    Atomics.store(words, TAIL, tail + 1)
    Atomics.notify(words, TAIL, 1)
  }

  /** Takes the oldest descriptor, waiting for one. */
  take(): number {
    const words = this.#words
    for (;;) {
      const head = Atomics.load(words, HEAD)
      const tail = Atomics.load(words, TAIL)
      if (head === tail) {
        Atomics.wait(words, TAIL, tail)
        continue
      }
      const fd = Atomics.load(words, SLOTS + (head % LENGTH))
      // Another thread may have taken it meanwhile; then this one tries the next.
      if (Atomics.compareExchange(words, HEAD, head, head + 1) !== head) continue
      Atomics.notify(words, HEAD, 1)
      return fd
    }
  }
}
