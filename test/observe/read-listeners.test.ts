import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import {
  bind,
  close,
  connect,
  listen,
  setReuseAddress,
  socket,
  socketAddress,
} from '../../servers/posix/index.ts'
import { readListeners } from '../../src/observe/read-listeners.ts'
import { parseDiagnosis } from '../../src/observe/sock-diag.ts'
import { SocketHolders } from '../../src/observe/socket-holders.ts'
import { ListenerWatcher } from '../../src/observe/watch-listeners.ts'
import { freePort } from '../support/free-port.ts'
import { startPython } from '../support/start-program.ts'
import { until } from '../support/until.ts'

const AF_INET = 2
const AF_INET6 = 10

/** What the kernel answers for one socket: a struct inet_diag_msg. The address is as it goes over the network. */
function diagnosis(address: string, { port = 80, queued = 0, backlog = 128, inode = 54321 } = {}): Buffer {
  const message = Buffer.alloc(72)
  message.writeUInt8(address.length === 8 ? AF_INET : AF_INET6, 0)
  message.writeUInt8(10, 1) // LISTEN
  message.writeUInt16BE(port, 4)
  message.write(address, 8, 'hex')
  message.writeUInt32LE(queued, 56)
  message.writeUInt32LE(backlog, 60)
  message.writeUInt32LE(1000, 64) // the user
  message.writeUInt32LE(inode, 68)
  return message
}

test('a listener is read with its address, port, queue, backlog and inode', () => {
  expect(parseDiagnosis(diagnosis('7f000001', { port: 2000, queued: 5, backlog: 128 }))).toEqual({
    state: 'listen',
    inode: '54321',
    address: '127.0.0.1',
    port: 2000,
    peerAddress: '0.0.0.0',
    peerPort: 0,
    receiveQueue: 5,
    sendQueue: 128,
  })
})

test.each([
  ['00000000', '0.0.0.0'],
  ['7f000001', '127.0.0.1'],
  ['c0a8fffe', '192.168.255.254'],
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000000000001', '::1'],
  ['00000000000000000000ffff7f000001', '127.0.0.1'],
  ['20010db8000000000000000000000001', '2001:db8::1'],
  ['fe80000000000000505400fffe1dadb6', 'fe80::5054:ff:fe1d:adb6'],
  ['20010db8000000010002000000030004', '2001:db8:0:1:2::3:4'],
  ['20010db8000000100000000000010000', '2001:db8:0:10::1:0'],
  ['20010db8000100000000000000000000', '2001:db8:1::'],
  ['20010db8000200010004000300060005', '2001:db8:2:1:4:3:6:5'],
])('the address %s is %s', (hex, address) => {
  expect(canonical(parseDiagnosis(diagnosis(hex)).address)).toBe(canonical(address))
})

/** The address as the platform itself writes it. */
function canonical(address: string): string {
  return address.includes(':') ? new URL(`http://[${address}]`).hostname : address
}

test.each(['127.0.0.1', '::1', '0.0.0.0', '::'])(
  'a server of ours on %s is found, and who holds it',
  async (host) => {
    const port = await freePort()
    const server = createServer().listen({ host, port })
    await once(server, 'listening')
    expect(readListeners()).toContainEqual(expect.objectContaining({ address: host, port, queued: 0 }))

    const watcher = new ListenerWatcher()
    expect(watcher.read(new SocketHolders().look(new Set([process.pid]), 1000))).toContainEqual(
      expect.objectContaining({ address: host, port, pids: [process.pid] }),
    )
    server.close()
  },
)

test('connections that nobody has accepted stand in the queue', async () => {
  const port = await freePort()
  const listener = socket('127.0.0.1')
  setReuseAddress(listener)
  bind(listener, socketAddress('127.0.0.1', port))
  listen(listener, 10)
  const clients = [1, 2, 3].map(() => socket('127.0.0.1'))
  for (const client of clients) connect(client, socketAddress('127.0.0.1', port))
  expect(readListeners().find((each) => each.port === port)).toMatchObject({ queued: 3, backlog: 10 })
  for (const fd of [...clients, listener]) close(fd)
  expect(readListeners().some((each) => each.port === port)).toBe(false)
})

test('the fiftieth process that holds a listener is found, too, and one that is gone is not', async () => {
  const port = await freePort()
  const program = await startPython(`
import os, signal, socket, sys
listener = socket.create_server(('127.0.0.1', ${port}))
pids = []
for _ in range(50):
  pid = os.fork()
  if pid == 0: signal.pause()
  pids.append(pid)
print(*pids, 'ready', flush=True)
sys.stdin.readline()
os.kill(pids[0], 9)
os.waitpid(pids[0], 0)
print('gone', flush=True)
sys.stdin.read()`)
  const pids = program.output().trim().split(' ').slice(0, -1).map(Number)
  const { inode } = readListeners().find((listener) => listener.port === port)!
  const holders = new SocketHolders()
  // A look of no time at all sees one process more.
  let seen = 0
  while (seen < 50) seen = holders.look(new Set(pids), 0).get(inode)?.size ?? 0
  program.process.stdin!.write('\n')
  await until(() => program.output().includes('gone'), 'the end of the first')
  expect(holders.look(new Set(pids.slice(1)), 0).get(inode)).toEqual(new Set(pids.slice(1)))
})
