import { bytes } from './bytes.ts'
import { echo } from './echo.ts'
import { http } from './http.ts'
import { loadService } from './load.ts'
import type { Service } from './service.ts'

const services: Record<string, Service> = { bytes, echo, http }

/** The services that every model has; any other is a file. */
export const serviceNames = Object.keys(services)

/** The service of that name, or in that file. Throws a sentence when it cannot be loaded. */
export async function findService(name: string): Promise<Service> {
  return services[name] ?? (await loadService(name))
}

/** A request that each of our own services answers; a file's service has none, since its effects are unknown. */
export const sampleRequests: Record<string, string> = {
  bytes: '1\n',
  echo: 'hello',
  http: 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
}

/** The service, which first lets so many milliseconds pass, to stand in for work. */
export function delayed(service: Service, milliseconds: number): Service {
  if (milliseconds === 0) return service
  return function* (connection) {
    yield* connection.sleep(milliseconds)
    yield* service(connection)
  }
}
