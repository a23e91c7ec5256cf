import type { Duration, LoadPlan, ProtocolName } from '../../state/event.ts'
import { any } from './any.ts'
import { Auto } from './auto.ts'
import { bytes } from './bytes.ts'
import { echo } from './echo.ts'
import { http } from './http.ts'
import type { Protocol } from './protocol.ts'

export type { Auto } from './auto.ts'

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

/** A protocol that is found out by the first answer; a server that is silent for `patience` speaks no HTTP. */
export function autoProtocol(plan: LoadPlan, patience: Duration): Auto {
  return new Auto(http(plan), any(plan.bytes), patience)
}
