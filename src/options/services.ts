import { serviceNames } from '../../servers/services/find.ts'
import type { ProtocolName } from '../state/event.ts'

/** The services that every model has; any other that a model serves is a file. */
export { serviceNames }

/** What the load can speak; `auto` finds out whether a server speaks HTTP, else any answer counts. */
export const protocols = ['bytes', 'echo', 'http', 'any', 'auto'] as const satisfies (ProtocolName | 'auto')[]

/** Services and protocols of ours, each once: what is none of them is a file. */
export function namedServices(): string[] {
  return [...new Set([...serviceNames, ...protocols])]
}

export function isNamed(service: string): boolean {
  return namedServices().includes(service)
}
