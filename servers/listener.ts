import { bind, listen, setReuseAddress, socket, socketAddress } from './posix/index.ts'

/**
 * Opens a TCP listener and returns its descriptor. Throws PosixError: EADDRINUSE, EADDRNOTAVAIL, EACCES.
 * Source: UNP 11.13, tcp_listen.
 */
export function openListener({
  host,
  port,
  backlog,
}: {
  host: string
  port: number
  backlog: number
}): number {
  const listener = socket(host)
  setReuseAddress(listener)
  bind(listener, socketAddress(host, port))
  listen(listener, backlog)
  return listener
}
