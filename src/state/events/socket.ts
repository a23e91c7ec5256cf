export type Listener = {
  /** The socket's inode: processes that share the socket share it. */
  inode: string
  address: string
  port: number
  /** Connections that wait to be accepted, and how many may. */
  queued: number
  backlog: number
  /** Processes that hold the socket. */
  pids: number[]
}

/** The server's connections, and what the kernel counted in this network namespace since it started. */
export type Sockets = {
  /** How many of the server's connections are in each state; without those in time-wait. */
  states: Partial<Record<TcpState, number>>
  /** Some of them: not more than fit a screen. */
  connections: Connection[]
  /** Connections in time-wait, of all programs of this machine. */
  timeWait: number
  /** How often a connection found an accept queue full, and how often one was dropped, for that reason or another. */
  overflows: number
  drops: number
}

export type TcpState =
  | 'established'
  | 'syn-sent'
  | 'syn-received'
  | 'fin-wait-1'
  | 'fin-wait-2'
  | 'time-wait'
  | 'close'
  | 'close-wait'
  | 'last-ack'
  | 'listen'
  | 'closing'

export type Endpoint = { address: string; port: number }

/** The server's end of a connection. */
export type Connection = {
  peer: Endpoint
  state: TcpState
  /** Bytes that the server has not read yet, and bytes that its client has not confirmed yet. */
  receiveQueue: number
  sendQueue: number
  /** Whether any process has it: not before it is accepted, nor after it is closed. */
  isHeld: boolean
  /** Processes that hold it, as far as they were looked for. */
  pids: number[]
}
