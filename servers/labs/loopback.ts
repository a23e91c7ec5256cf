import { openListener } from '../listener.ts'
import { log } from '../log.ts'
import { connect, exit, fork, localPort, socket, socketAddress } from '../posix/index.ts'

const HOST = '127.0.0.1'

/** Opens a listener on a port of loopback that the kernel chooses, and returns its descriptor. */
export function listenOnLoopback(): number {
  return openListener({ host: HOST, port: 0, backlog: 8 })
}

/** Connects to a listener of listenOnLoopback, and returns the descriptor. */
export function connectTo(listener: number): number {
  const connection = socket(HOST)
  connect(connection, socketAddress(HOST, localPort(listener)))
  return connection
}

/** Forks a child that does what the function says, and ends: with exit code 0 when it returns true. Returns its pid. */
export function forkPeer(run: () => boolean): number {
  const pid = fork()
  if (pid !== 0) return pid
  try {
    exit(run() ? 0 : 1)
  } catch (error) {
    log((error as Error).message)
    exit(1)
  }
}
