import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { findSocket } from '../../src/observe/sock-diag.ts'
import { SocketHolders } from '../../src/observe/socket-holders.ts'
import { until } from '../support/until.ts'

test.each(['127.0.0.1', '::1'])(
  'both ends of a connection on %s are found, and who holds them',
  async (host) => {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }).listen(0, host)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const client = connect(port, host)
    const [accepted] = (await once(server, 'connection')) as [Socket]
    const own = { address: host, port: client.localPort! }
    const theirs = { address: host, port }

    const near = findSocket(own, theirs)!
    const far = findSocket(theirs, own)!
    expect(near).toMatchObject({ state: 'established', port: own.port, peerPort: port, receiveQueue: 0 })
    expect(far).toMatchObject({ state: 'established', port, peerPort: own.port })
    for (const { inode } of [near, far])
      expect([...new SocketHolders().look(new Set([process.pid]), 1000).get(inode)!]).toEqual([process.pid])

    client.write('hello')
    await until(() => findSocket(theirs, own)!.receiveQueue === 5, 'five bytes that nobody reads')
    client.end()
    await until(() => findSocket(theirs, own)!.state === 'close-wait', 'the end of the client')
    accepted.resetAndDestroy()
    await until(() => findSocket(own, theirs) === null, 'no connection any more')
    expect(findSocket(theirs, own)).toBeNull()
    client.on('error', () => {}).destroy()
    server.close()
  },
)
