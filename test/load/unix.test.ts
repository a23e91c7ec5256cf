import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { addon } from '../../servers/posix/addon.ts'
import {
  accept,
  bind,
  close,
  listen,
  read,
  setNonBlocking,
  WOULD_BLOCK,
  write,
} from '../../servers/posix/index.ts'
import { unixAddress } from '../../src/load/unix-address.ts'
import { until } from '../support/until.ts'
import { load, plan, startLoading } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'csdesign-unix-'))
const path = join(folder, 'socket')
const cleanUps: (() => void)[] = []

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
  rmSync(path, { force: true })
})

test('a load can go over a Unix socket', async () => {
  let accepted = 0
  const server = createServer((socket) => {
    accepted++
    socket.once('data', (request) => socket.end(Buffer.alloc(Number(request))))
  }).listen(path)
  cleanUps.push(() => server.close())
  await until(() => server.listening, 'the listener')
  const figures = await load(plan(0, { unix: path }))
  expect(figures).toMatchObject({ connects: 60, succeeded: 60, failed: {}, bytes: 60 * 4096 })
  expect(accepted).toBe(60)
})

test('one whose queue is full is waited for, and counted once', async () => {
  const AF_UNIX = 1
  const SOCK_STREAM = 1
  const listener = addon.socket!(AF_UNIX, SOCK_STREAM, 0)
  cleanUps.push(() => close(listener))
  bind(listener, unixAddress(path))
  // Room for one; the others are told to come again.
  listen(listener, 0)
  setNonBlocking(listener)
  const { ended, worker } = startLoading(plan(0, { unix: path, clients: 5, connections: 2, bytes: 1 }))
  await until(() => worker.counts().attempts >= 5, 'five clients')
  let accepted = 0
  const request = Buffer.alloc(16)
  while (accepted < 10) {
    const connection = await until(() => {
      const fd = accept(listener)
      return fd !== WOULD_BLOCK && { fd }
    }, 'a connection')
    read(connection.fd, request)
    write(connection.fd, Buffer.from('.'))
    close(connection.fd)
    accepted++
  }
  expect(await ended).toMatchObject({ attempts: 10, connects: 10, succeeded: 10, refused: 0, failed: {} })
})

test('one that is not there is refused by its name', async () => {
  const figures = await load(plan(0, { unix: path, clients: 1, connections: 2 }))
  expect(figures).toMatchObject({ succeeded: 0, refused: 2, failed: { ENOENT: 2 } })
})
