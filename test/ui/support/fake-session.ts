import type { Attention, Session, SessionCommands } from '../../../src/session/session.ts'
import type { State } from '../../../src/state/state.ts'

/** A session without anything behind it: its state is set by hand, and what it is asked for is written down. */
export class FakeSession implements Session {
  state: State
  /** Names of the commands, with what they were given. */
  readonly asked: [name: string, ...given: unknown[]][] = []
  readonly events = { subscribe: () => () => {} }
  readonly commands: SessionCommands
  #listener: (state: State) => void = () => {}

  constructor(state: State) {
    this.state = state
    const note =
      (name: string) =>
      (...given: unknown[]) =>
        void this.asked.push([name, ...given])
    const promise =
      (name: string) =>
      async (...given: unknown[]) =>
        void this.asked.push([name, ...given])
    this.commands = {
      start: promise('start'),
      stop: promise('stop'),
      startLoad: promise('startLoad'),
      startGenerator: promise('startGenerator'),
      changeLoad: note('changeLoad'),
      stopLoad: promise('stopLoad'),
      signal: note('signal'),
      record: note('record'),
      watch: note('watch'),
      connections: {
        open: async (...given) => {
          this.asked.push(['open', ...given])
          return 1
        },
        send: note('send'),
        read: note('read'),
        close: note('close'),
        abort: note('abort'),
      },
    }
  }

  subscribe(listener: (state: State) => void): () => void {
    this.#listener = listener
    return () => {}
  }

  /** As after a beat. */
  become(state: State): void {
    this.state = state
    this.#listener(state)
  }

  /** What is looked at, by the latest order. */
  get attention(): Partial<Attention> {
    return this.asked.findLast(([name]) => name === 'watch')?.[1] as Partial<Attention>
  }
}
