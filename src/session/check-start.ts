import { accessSync, constants, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { listenProblem } from '../../servers/listen-problem.ts'
import { readListeners } from '../observe/read-listeners.ts'
import { Refusal } from '../refusal.ts'
import type { Target } from './target.ts'

const LAST_PORT = 65535

/** Throws a Refusal unless the server could listen now where it will; one of the user's own sees to that itself. */
export async function checkTarget({ model, host, port, ports }: ListeningTarget): Promise<void> {
  if (model && port !== null) await checkPorts(host, port, ports)
}

type ListeningTarget = Pick<Target, 'model' | 'host' | 'port' | 'ports'>

/** Throws a Refusal unless a server could listen now on so many consecutive ports. */
export async function checkPorts(host: string, port: number, count: number): Promise<void> {
  const last = port + count - 1
  if (last > LAST_PORT)
    throw new Refusal(
      `--ports ${count} from --port ${port} would end at ${last}, but ${LAST_PORT} is the last port: choose lower ones.`,
      2,
    )
  for (let each = port; each <= last; each++) await checkPort(host, each)
}

function checkPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Refusal(explainPort(error, host, port))),
    )
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()))
  })
}

/** A port of that address on which nothing listens now. Throws a Refusal when the address cannot be used. */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Refusal(explainPort(error, host, 0))))
    server.listen({ host, port: 0, exclusive: true }, () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

function explainPort({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  return listenProblem(code, host, port) ?? `Nothing can listen on ${host} port ${port}: ${message}`
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
