import { bytes } from './bytes.ts'
import { echo } from './echo.ts'
import type { Service } from './service.ts'

const services: Record<string, Service> = { bytes, echo }

export const serviceNames = Object.keys(services)

/** The service of that name; with a delay it first lets so many milliseconds pass, to stand in for work. */
export function findService(name: string, delay: number): Service {
  const service = services[name]
  if (!service) throw new Error(`no service is called ${name}; there are ${serviceNames.join(', ')}`)
  if (delay === 0) return service
  return function* delayed(connection) {
    yield* connection.sleep(delay)
    yield* service(connection)
  }
}
