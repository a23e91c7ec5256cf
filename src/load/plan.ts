import type { Options } from '../options/table.ts'
import type { LoadPlan } from '../state/event.ts'

/** The load that the options ask for, on a server at that address. */
export function planFor(
  options: Options,
  host: string,
  port: number,
  { isAnyAnswer = false } = {},
): LoadPlan {
  const { clients, connections, bytes, rate, think, service } = options
  return {
    host,
    port,
    clients,
    connections,
    bytes,
    rate,
    think,
    service: isAnyAnswer ? 'any' : protocolFor(service),
  }
}

/** The protocol that fits a service: one of the two that every model has, or a file. */
export function protocolFor(service: string): LoadPlan['service'] {
  return service === 'bytes' || service === 'echo' ? service : 'any'
}
