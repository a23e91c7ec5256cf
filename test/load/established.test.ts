import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import {
  accept,
  bind,
  close,
  connect,
  listen,
  setNonBlocking,
  setReuseAddress,
  socket,
  socketAddress,
  WOULD_BLOCK,
} from '../../servers/posix/index.ts'
import { processState } from '../e2e/find-processes.ts'
import { findRun } from '../support/find-run.ts'
import { freePort } from '../support/free-port.ts'
import { until } from '../support/until.ts'
import { plan, startLoading } from './support.ts'

test('a connection that is reset before its first word was established all the same', async () => {
  // A queue of one, which is taken: the client's handshake waits until there is room.
  const address = socketAddress('127.0.0.1', await freePort())
  const port = Buffer.from(address).readUInt16BE(2)
  const listener = socket('127.0.0.1')
  setReuseAddress(listener)
  bind(listener, address)
  listen(listener, 0)
  setNonBlocking(listener)
  const first = socket('127.0.0.1')
  connect(first, address)

  const { run, ended } = startLoading(plan(port, { clients: 1, connections: 1 }))
  await until(() => isConnecting(port), 'a handshake under way')
  const pid = findRun(run)[0]!
  process.kill(pid, 'SIGSTOP')
  await until(() => processState(pid) === 'T', 'the stop')
  close(accept(listener))
  const connection = await until(() => {
    const fd = accept(listener)
    return fd !== WOULD_BLOCK && fd
  }, 'the connection')
  await once(new Socket({ fd: connection }).resetAndDestroy(), 'close')
  process.kill(pid, 'SIGCONT')
  expect(await ended).toMatchObject({ attempts: 1, connects: 1, failed: { ECONNRESET: 1 }, refused: 0 })
  for (const fd of [first, listener]) close(fd)
})

const SYN_SENT = '02'

/** Whether a socket of this machine waits for the port to take its connection. Source: proc_pid_net(5), tcp. */
function isConnecting(port: number): boolean {
  const remote = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readFileSync('/proc/net/tcp', 'latin1').includes(` ${remote} ${SYN_SENT} `)
}
