import type { Acceptor } from './acceptor.ts'
import { close, setNonBlocking } from './posix/index.ts'
import { logFailure } from './serve.ts'
import { DescriptorConnection } from './services/descriptor-connection.ts'
import type { Service, Wait } from './services/service.ts'

/** One client under an event loop: its service as a task, suspended at what it waits for. */
export class ClientTask {
  readonly fd: number
  /** What the service waits for; null when it is over and the connection closed. */
  waitsFor: 'readable' | 'writable' | 'time' | null = 'readable'
  /** When to go on, while it waits for time: milliseconds as performance.now() counts them. */
  deadline = Infinity
  readonly #connection: DescriptorConnection
  readonly #service: Service
  #steps: Generator<Wait, void> | null = null

  /** Begins the service, which may be over at once. */
  constructor(fd: number, service: Service) {
    this.fd = fd
    setNonBlocking(fd)
    this.#connection = new DescriptorConnection(fd)
    this.#service = service
    this.step()
  }

  /** Lets the service go on as far as it can without waiting. */
  run(): void {
    do this.step()
    while ((this.waitsFor === 'readable' || this.waitsFor === 'writable') && !this.#connection.wouldBlock)
  }

  /** Lets the service go on until it waits again or ends. A failure ends only this client. */
  step(): void {
    try {
      this.#steps ??= this.#service(this.#connection)
      const { value, done } = this.#steps.next()
      if (!done) return this.#wait(value)
    } catch (error) {
      logFailure(error)
    }
    this.waitsFor = null
    close(this.fd)
  }

  #wait(wait: Wait): void {
    this.waitsFor = typeof wait === 'string' ? wait : 'time'
    this.deadline = typeof wait === 'string' ? Infinity : performance.now() + wait.milliseconds
  }
}

/** Whether the time has come that a task waits for. */
export function isDue({ waitsFor, deadline }: ClientTask): boolean {
  return waitsFor === 'time' && performance.now() >= deadline
}

/** Returns milliseconds until the first deadline of them all, rounded up; null when there is none. */
export function untilDue(acceptors: readonly Acceptor[], tasks: Iterable<ClientTask>): number | null {
  let first = Infinity
  for (const { deadline } of acceptors) first = Math.min(first, deadline)
  for (const { deadline } of tasks) first = Math.min(first, deadline)
  return first === Infinity ? null : Math.max(0, Math.ceil(first - performance.now()))
}
