import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { parseSocket, readListeners } from '../../src/observe/read-listeners.ts'
import { ListenerWatcher } from '../../src/observe/watch-listeners.ts'
import { bind, close, connect, listen, socket, socketAddress } from '../../servers/posix/index.ts'
import { freePort } from '../support/free-port.ts'

/** A line of /proc/net/tcp. */
const line = (local: string, state: string, queues = '00000000:00000000') =>
  `   3: ${local} 00000000:0000 ${state} ${queues} 00:00000000 00000000  1000        0 54321 1 0000000000000000 100 0 0 10 0`

test('a listener is read with its address, port, queue and inode', () => {
  expect(parseSocket(line('0100007F:07D0', '0A', '00000000:00000005'))).toEqual({
    inode: '54321',
    address: '127.0.0.1',
    port: 2000,
    queued: 5,
  })
})

test('a socket that does not listen is none', () => {
  expect(parseSocket(line('0100007F:07D0', '01'))).toBeNull()
  expect(parseSocket('')).toBeNull()
})

test.each([
  ['00000000', '0.0.0.0'],
  ['0100007F', '127.0.0.1'],
  ['FEFFA8C0', '192.168.255.254'],
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000001000000', '::1'],
  ['0000000000000000FFFF00000100007F', '127.0.0.1'],
  ['B80D0120000000000000000001000000', '2001:db8::1'],
  ['000080FE00000000FF005450B6AD1DFE', 'fe80::5054:ff:fe1d:adb6'],
  ['B80D0120010000000000020004000300', '2001:db8:0:1:2::3:4'],
  ['B80D0120100000000000000000000100', '2001:db8:0:10::1:0'],
  ['B80D0120010002000300040005000600', '2001:db8:2:1:4:3:6:5'],
])('the kernel writes %s for %s', (hex, address) => {
  const port = ':0050'
  const told = parseSocket(line(hex + port, '0A'))
  expect(told).toMatchObject({ port: 80 })
  expect(canonical(told!.address)).toBe(canonical(address))
})

/** The address as the platform itself writes it. */
function canonical(address: string): string {
  return address.includes(':') ? new URL(`http://[${address}]`).hostname : address
}

test.each(['127.0.0.1', '::1', '0.0.0.0', '::'])('a server of ours on %s is found, and who holds it', async (host) => {
  const port = await freePort()
  const server = createServer().listen({ host, port })
  await once(server, 'listening')
  expect(readListeners()).toContainEqual(expect.objectContaining({ address: host, port, queued: 0 }))

  const watcher = new ListenerWatcher()
  watcher.search([process.pid])
  expect(watcher.read()).toContainEqual(expect.objectContaining({ address: host, port, pids: [process.pid] }))
  server.close()
})

test('connections that nobody has accepted stand in the queue', async () => {
  const port = await freePort()
  const listener = socket('127.0.0.1')
  bind(listener, socketAddress('127.0.0.1', port))
  listen(listener, 10)
  const clients = [1, 2, 3].map(() => socket('127.0.0.1'))
  for (const client of clients) connect(client, socketAddress('127.0.0.1', port))
  expect(readListeners().find((each) => each.port === port)?.queued).toBe(3)
  for (const fd of [...clients, listener]) close(fd)
  expect(readListeners().some((each) => each.port === port)).toBe(false)
})
