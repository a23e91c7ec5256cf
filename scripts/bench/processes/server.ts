import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { treeCpu } from './proc.ts'

/** The command of a server that listens on the port. */
export type Command = (port: number) => { file: string; args: string[]; env?: Record<string, string> }

export type Server = {
  port: number
  /** CPU seconds that it and its children have used. */
  cpu(): number
  stop(): Promise<void>
}

const START_TIMEOUT = 10_000
const STOP_TIMEOUT = 2000
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) endGroup(child, 'SIGKILL')
})

/** Starts a server in a process group of its own and waits until it accepts. Throws when it does not. */
export async function startServer(command: Command): Promise<Server> {
  const port = await freePort()
  const { file, args, env } = command(port)
  const child = spawn(file, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    env: { ...process.env, ...env },
  })
  await once(child, 'spawn')
  running.add(child)
  const complaint = lastWords(child)
  const server = { port, cpu: () => treeCpu(child.pid!), stop: () => stop(child) }
  try {
    await accepts(port, child, complaint)
  } catch (error) {
    await server.stop()
    throw error
  }
  return server
}

/** What the process said last on standard error. */
function lastWords(child: ChildProcess): () => string {
  let last = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    last = text
  })
  return () => last.trim() || 'it says nothing'
}

async function accepts(port: number, child: ChildProcess, complaint: () => string): Promise<void> {
  for (const end = performance.now() + START_TIMEOUT; performance.now() < end; await pause(10)) {
    if (child.exitCode !== null) break
    if (await canConnect(port)) return
  }
  throw new Error(`${child.spawnargs.join(' ')} does not listen on port ${port}: ${complaint()}`)
}

async function canConnect(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    // What the server answers to an end without a request is that it closes.
    socket.resume().end()
    await once(socket, 'close')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await Promise.race([ended, pause(STOP_TIMEOUT, null, { ref: false })])
  }
  // A pool whose parent does not end its children, or did not in time.
  endGroup(child, 'SIGKILL')
  running.delete(child)
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid!, signal)
  } catch {} // no member is left
}
