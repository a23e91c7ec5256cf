import { log } from './log.ts'
import { close, failedWith, sleep } from './posix/index.ts'
import { DescriptorConnection } from './services/descriptor-connection.ts'
import type { Service } from './services/service.ts'

/** Serves one client from beginning to end, blocking, and closes the connection. A failure ends only this client. */
export function serve(fd: number, service: Service): void {
  try {
    for (const wait of service(new DescriptorConnection(fd)))
      if (typeof wait === 'object') sleep(wait.milliseconds)
  } catch (error) {
    logFailure(error)
  }
  close(fd)
}

/** Logs why a client was not served to the end. */
export function logFailure(error: unknown): void {
  if (failedWith(error, 'ECONNRESET', 'EPIPE'))
    log(`the client went away (${error.code} in ${error.syscall})`)
  else log(`connection closed: ${error instanceof Error ? error.message : String(error)}`)
}
