import { serviceNames } from '../../servers/services/find.ts'

/** The services that every model has; any other that a model serves is a file. */
export { serviceNames }

/** What the load can speak: of a server whose answers nobody has described, any answer counts. */
export const protocols = ['bytes', 'echo', 'any'] as const

/** Services and protocols of ours, each once: what is none of them is a file. */
export function namedServices(): string[] {
  return [...new Set([...serviceNames, ...protocols])]
}

export function isNamed(service: string): boolean {
  return namedServices().includes(service)
}
