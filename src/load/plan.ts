import type { Options } from '../options/table.ts'
import type { LoadPlan, ProtocolName } from '../state/event.ts'
import { BYTES } from './protocols/http/request.ts'
import { protocols } from './protocols/index.ts'

/** What a load has to know of its server. */
type Server = {
  /** Whether nobody has said what it answers. */
  isAnyAnswer?: boolean
  /** Whether it is one of our models; their HTTP has a path for each number of bytes. */
  model?: object | null
}

/** The load that the options ask for, on a server at that address. */
export function planFor(
  options: Options,
  host: string,
  port: number,
  { isAnyAnswer = false, model = null }: Server = {},
): LoadPlan {
  const { unix, clients, connections, duration, requests, bytes, rate, think, service } = options
  const { method, header, body } = options
  const path = model && options.path === '/' ? `/bytes/${BYTES}` : options.path
  return {
    host,
    port,
    unix,
    clients,
    connections,
    duration,
    requests,
    bytes,
    service: isAnyAnswer ? 'auto' : model && isOpen(service) ? 'bytes' : protocolFor(service),
    http: { path, method, headers: header, body },
    rate,
    think,
  }
}

/** Whether the service is one of a server that nobody knows: a model serves bytes then. */
function isOpen(service: string): boolean {
  return service === 'any' || service === 'auto'
}

/** The protocol that fits a service: one of its own, or for what a file gives any answer. */
export function protocolFor(service: string): LoadPlan['service'] {
  return service === 'auto' || service in protocols ? (service as ProtocolName | 'auto') : 'any'
}
