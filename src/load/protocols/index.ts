import type { LoadPlan, ProtocolName } from '../../state/event.ts'
import { any } from './any.ts'
import { Auto, type SilenceLimits } from './auto.ts'
import { bytes } from './bytes.ts'
import { echo } from './echo.ts'
import { http } from './http.ts'
import type { Protocol } from './protocol.ts'

export type { Auto, SilenceLimits } from './auto.ts'

/** Every protocol: the only list of them. */
export const protocols: Record<ProtocolName, (plan: LoadPlan) => Protocol> = {
  bytes: (plan) => bytes(plan.bytes),
  echo,
  any: (plan) => any(plan.bytes),
  http,
}

/** The first request of a connection by that plan. */
export function firstRequest(plan: LoadPlan): Uint8Array {
  const protocol = plan.service === 'auto' ? http(plan) : protocols[plan.service](plan)
  return protocol.request(0, plan.requests === 1)
}

/** A protocol that is found out by the first answers; options that only HTTP has say where to begin. */
export function autoProtocol(plan: LoadPlan, silenceLimits: SilenceLimits): Auto {
  return new Auto(http(plan), any(plan.bytes), silenceLimits, { httpFirst: isOfHttp(plan) })
}

function isOfHttp({ requests, http: { path, method, headers, body } }: LoadPlan): boolean {
  return requests > 1 || path !== '/' || method !== 'GET' || headers.length > 0 || body !== ''
}
