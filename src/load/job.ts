import { isIPv6 } from 'node:net'
import { type SocketAddress, socketAddress } from '../../servers/posix/socket.ts'
import type { LoadPlan } from '../state/event.ts'
import type { Protocol } from './protocols/protocol.ts'
import { unixAddress } from './unix-address.ts'

const AF_UNIX = 1
const AF_INET = 2
const AF_INET6 = 10

/** What a client is to do, connection by connection. */
export type Job = {
  /** Of the socket, and where it connects to. */
  family: number
  address: SocketAddress
  /** The port that it connects to; 0 for a Unix socket. */
  port: number
  protocol: Protocol
  /** Requests on each connection. */
  requests: number
  /** Whether requests are due at times of their own, from which their responses are measured. */
  isOpenLoop: boolean
}

export function jobFor({ host, port, unix, requests, rate }: LoadPlan, protocol: Protocol): Job {
  return {
    family: unix !== null ? AF_UNIX : isIPv6(host) ? AF_INET6 : AF_INET,
    address: unix !== null ? unixAddress(unix) : socketAddress(host, port),
    port: unix !== null ? 0 : port,
    protocol,
    requests,
    isOpenLoop: rate > 0,
  }
}
