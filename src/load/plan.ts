import type { Options } from '../options/table.ts'
import type { LoadPlan, ProtocolName } from '../state/event.ts'
import { protocols } from './protocols/index.ts'

/** The load that the options ask for, on a server at that address. */
export function planFor(
  options: Options,
  host: string,
  port: number,
  { isAnyAnswer = false } = {},
): LoadPlan {
  const { unix, clients, connections, duration, requests, bytes, rate, think, service } = options
  const { path, method, header, body } = options
  return {
    host,
    port,
    unix,
    clients,
    connections,
    duration,
    requests,
    bytes,
    service: isAnyAnswer ? 'auto' : protocolFor(service),
    http: { path, method, headers: header, body },
    rate,
    think,
  }
}

/** The protocol that fits a service: one of its own, or for what a file gives any answer. */
export function protocolFor(service: string): LoadPlan['service'] {
  return service === 'auto' || service in protocols ? (service as ProtocolName | 'auto') : 'any'
}
