import { accessSync, constants, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { readListeners } from '../observe/read-listeners.ts'
import { Refusal } from '../refusal.ts'

/** Throws a Refusal unless a server could listen there now. */
export function checkPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Refusal(explainPort(error, host, port))),
    )
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()))
  })
}

function explainPort({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use: stop the other program, or choose another port with --port.`
    case 'EACCES':
      return `Port ${port} may not be opened by this user: choose one from 1024 up with --port.`
    case 'EADDRNOTAVAIL':
      return `${host} is not an address of this machine: choose another with --host.`
    default:
      return `Nothing can listen on ${host} port ${port}: ${message}`
  }
}

/** Throws a Refusal when the system keeps from us what we have to observe. */
export function checkSystem(): void {
  try {
    readListeners()
  } catch (error) {
    throw new Refusal(
      `The kernel does not tell which sockets listen (${(error as Error).message}): is its module tcp_diag there?`,
    )
  }
  try {
    accessSync('/dev/shm', constants.W_OK)
  } catch {
    throw new Refusal('/dev/shm cannot be written, which the probe needs: mount a tmpfs there.')
  }
}

/** Throws a Refusal, with the exit codes of a shell, unless the command can be run. */
export function checkCommand(command: string): void {
  const candidates = command.includes('/')
    ? [command]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, command))
  if (command.includes('/') && statSync(command, { throwIfNoEntry: false })?.isDirectory())
    throw new Refusal(`${command} is a folder, no command: name a program in it.`, 126)
  const found = candidates.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
  if (found.length === 0)
    throw new Refusal(`${command}: command not found. Check its spelling, or give its path.`, 127)
  if (!found.some(isExecutable))
    throw new Refusal(`${command}: permission denied. Make it executable with "chmod +x ${found[0]}".`, 126)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
