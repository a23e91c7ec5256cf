import { describe, expect, test } from 'vitest'
import {
  accept,
  bind,
  close,
  connect,
  listen,
  pipe,
  read,
  recvfd,
  sendfd,
  setNonBlocking,
  setReuseAddress,
  shutdownWrite,
  socket,
  socketAddress,
  socketError,
  socketpair,
  WOULD_BLOCK,
  write,
} from '../../../servers/posix/index.ts'
import { freePort } from '../../support/free-port.ts'

const buffer = new Uint8Array(100)
const receive = (fd: number) => Buffer.from(buffer.subarray(0, read(fd, buffer))).toString()
const send = (fd: number, text: string) => write(fd, Buffer.from(text))

describe.each(['127.0.0.1', '::1'])('on %s', (host) => {
  test('a client connects, is accepted, talks, and ends its half', async () => {
    const address = socketAddress(host, await freePort())
    const listener = socket(host)
    setReuseAddress(listener)
    bind(listener, address)
    listen(listener, 5)
    const client = socket(host)
    expect(connect(client, address)).toBe(0)
    const connection = accept(listener)
    send(client, 'hello')
    expect(receive(connection)).toBe('hello')
    shutdownWrite(client)
    expect(receive(connection)).toBe('')
    send(connection, 'bye')
    expect(receive(client)).toBe('bye')
    for (const fd of [client, connection, listener]) close(fd)
  })

  test('a listener that does not block says when nobody waits', async () => {
    const listener = socket(host)
    setReuseAddress(listener)
    bind(listener, socketAddress(host, await freePort()))
    listen(listener, 5)
    setNonBlocking(listener)
    expect(accept(listener)).toBe(WOULD_BLOCK)
    close(listener)
  })

  test('a connect that does not block ends with an errno that can be asked for', async () => {
    const client = socket(host, { nonBlocking: true })
    const address = socketAddress(host, await freePort())
    // On loopback the refusal may be known at once.
    expect(() => connect(client, address) === WOULD_BLOCK && connect(client, address)).toThrow('ECONNREFUSED')
    expect(socketError(client)).toBe(0)
    close(client)
  })
})

test('the two ends of a pair talk both ways', () => {
  const [one, two] = socketpair()
  send(one, 'ping')
  expect(receive(two)).toBe('ping')
  send(two, 'pong')
  expect(receive(one)).toBe('pong')
  close(one)
  expect(receive(two)).toBe('')
  close(two)
})

describe('a descriptor that is passed', () => {
  test('is open at the other end, even if it is closed here', () => {
    const [ours, theirs] = socketpair()
    const [readEnd, writeEnd] = pipe()
    sendfd(ours, writeEnd)
    close(writeEnd)
    const received = recvfd(theirs)
    expect(received).not.toBe(readEnd)
    send(received, 'through')
    expect(receive(readEnd)).toBe('through')
    close(received)
    expect(receive(readEnd)).toBe('')
    for (const fd of [ours, theirs, readEnd]) close(fd)
  })

  test('comes in the order of passing', () => {
    const [ours, theirs] = socketpair()
    const pipes = [pipe(), pipe(), pipe()]
    for (const [i, [, writeEnd]] of pipes.entries()) {
      send(writeEnd, String(i))
      sendfd(ours, pipes[i]![0])
    }
    expect(pipes.map(() => receive(recvfd(theirs)))).toEqual(['0', '1', '2'])
    for (const fd of [ours, theirs, ...pipes.flat()]) close(fd)
  })

  test('does not come when the sender is gone', () => {
    const [ours, theirs] = socketpair()
    close(ours)
    expect(() => recvfd(theirs)).toThrow('recvmsg: EPIPE')
    expect(() => sendfd(theirs, 0)).toThrow('sendmsg: EPIPE')
    close(theirs)
  })

  test('does not come when only data was sent', () => {
    const [ours, theirs] = socketpair()
    send(ours, 'x')
    expect(() => recvfd(theirs)).toThrow('recvmsg: EPIPE')
    for (const fd of [ours, theirs]) close(fd)
  })

  test('is not waited for when the socket does not block', () => {
    const [ours, theirs] = socketpair()
    setNonBlocking(theirs)
    expect(recvfd(theirs)).toBe(WOULD_BLOCK)
    for (const fd of [ours, theirs]) close(fd)
  })
})
