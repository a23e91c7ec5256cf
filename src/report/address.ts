import type { Endpoint } from '../state/event.ts'

/** `127.0.0.1:2000`, `[::1]:2000`. */
export function addressText({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
