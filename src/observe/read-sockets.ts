import type { Connection, Sockets, TcpState } from '../state/event.ts'
import { readProc } from './read-proc.ts'
import { dumpSockets } from './sock-diag.ts'

/** Not those in time-wait: they are nobody's any more, and there may be tens of thousands. */
const STATES: TcpState[] = [
  'established',
  'syn-received',
  'fin-wait-1',
  'fin-wait-2',
  'close-wait',
  'last-ack',
  'closing',
]
const MOST_LISTED = 100

/** The connections whose server's end has one of these ports, and what the kernel counts. Throws PosixError. */
export function readSockets(
  ports: ReadonlySet<number>,
  holders: ReadonlyMap<string, ReadonlySet<number>>,
): Sockets {
  const states: Sockets['states'] = {}
  const connections: Connection[] = []
  for (const { port, state, peerAddress, peerPort, receiveQueue, sendQueue, inode } of dumpSockets(STATES)) {
    if (!ports.has(port)) continue
    states[state] = (states[state] ?? 0) + 1
    if (connections.length === MOST_LISTED) continue
    const peer = { address: peerAddress, port: peerPort }
    const pids = [...(holders.get(inode) ?? [])]
    connections.push({ peer, state, receiveQueue, sendQueue, isHeld: inode !== '0', pids })
  }
  return { states, connections, ...readCounters() }
}

function readCounters(): Pick<Sockets, 'timeWait' | 'overflows' | 'drops'> {
  const netstat = readProc('/proc/net/netstat') ?? ''
  const sockstat = readProc('/proc/net/sockstat') ?? ''
  return {
    timeWait: Number(/^TCP:.* tw (\d+)/m.exec(sockstat)?.[1] ?? 0),
    overflows: counter(netstat, 'ListenOverflows'),
    drops: counter(netstat, 'ListenDrops'),
  }
}

/** A line of names, then a line of numbers. Source: proc_pid_net(5). */
function counter(netstat: string, name: string): number {
  const [names, numbers] = netstat
    .split('\n')
    .filter((line) => line.startsWith('TcpExt:'))
    .map((line) => line.split(' '))
  return Number(numbers?.[names?.indexOf(name) ?? -1] ?? 0)
}
