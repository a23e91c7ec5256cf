import type { Listener } from '../state/event.ts'
import type { State } from '../state/state.ts'

/** The listener that load goes to: the one on the port that was asked for, else the server's first. */
export function loadListener(state: State, port: number | null): Listener | undefined {
  return state.listeners.find((listener) => port === null || listener.port === port)
}

/** Where a client connects to reach a listener: a wildcard address is reached over loopback. */
export function reachable({ address }: Listener): string {
  if (address === '0.0.0.0') return '127.0.0.1'
  return address === '::' ? '::1' : address
}
