/** Why nothing can listen there, as a sentence that says what to do; null for an errno that has no such sentence. */
export function listenProblem(errno: string | undefined, host: string, port: number): string | null {
  switch (errno) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use: stop the other program, or choose another port with --port.`
    case 'EACCES':
      return `Port ${port} may not be opened by this user: choose one from 1024 up with --port.`
    case 'EADDRNOTAVAIL':
      return `${host} is not an address of this machine: choose another with --host.`
    default:
      return null
  }
}
