import { bind, listen, setReuseAddress, setReusePort, socket, socketAddress } from './posix/index.ts'

type Listening = { host: string; port: number; backlog: number }

/**
 * Opens a TCP listener and returns its descriptor; with `shared` others may listen on the same address. Throws
 * PosixError: EADDRINUSE, EADDRNOTAVAIL, EACCES. Source: UNP 11.13, tcp_listen.
 */
export function openListener({ host, port, backlog }: Listening, { shared = false } = {}): number {
  const listener = socket(host)
  setReuseAddress(listener)
  if (shared) setReusePort(listener)
  bind(listener, socketAddress(host, port))
  listen(listener, backlog)
  return listener
}
