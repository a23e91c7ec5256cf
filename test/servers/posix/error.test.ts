import { constants } from 'node:os'
import { expect, test } from 'vitest'
import { errnoName } from '../../../servers/posix/error.ts'
import {
  bind,
  close,
  connect,
  failedWith,
  kill,
  listen,
  PosixError,
  read,
  recvfd,
  sendfd,
  setReuseAddress,
  socket,
  socketAddress,
} from '../../../servers/posix/index.ts'
import { freePort } from '../../support/free-port.ts'

const NO_DESCRIPTOR = 1 << 20
const NO_PROCESS = 1 << 22 // above every pid

function failure(call: () => unknown): PosixError {
  try {
    call()
  } catch (error) {
    if (error instanceof PosixError) return error
    throw error
  }
  throw new Error('it did not fail')
}

test.each<[string, string, () => unknown]>([
  ['EBADF', 'read', () => read(NO_DESCRIPTOR, new Uint8Array(1))],
  ['EBADF', 'close', () => close(NO_DESCRIPTOR)],
  ['EBADF', 'sendmsg', () => sendfd(NO_DESCRIPTOR, 0)],
  ['EBADF', 'recvmsg', () => recvfd(NO_DESCRIPTOR)],
  ['EBADF', 'listen', () => listen(NO_DESCRIPTOR, 1)],
  ['ESRCH', 'kill', () => kill(NO_PROCESS, 'SIGTERM')],
  ['EINVAL', 'inet_pton', () => socketAddress('localhost', 1)],
  ['EINVAL', 'inet_pton', () => socketAddress('256.0.0.1', 1)],
  ['EINVAL', 'inet_pton', () => socketAddress('1'.repeat(100), 1)],
])('%s in %s is told as such', (code, syscall, call) => {
  const error = failure(call)
  expect(error).toMatchObject({ code, syscall, message: `${syscall}: ${code}`, name: 'PosixError' })
  expect(error.errno).toBe(constants.errno[code as keyof typeof constants.errno])
})

test('a port in use, an address of somebody else, a port where nobody listens', async () => {
  const [one, two, three] = [socket('127.0.0.1'), socket('127.0.0.1'), socket('127.0.0.1')]
  const address = socketAddress('127.0.0.1', await freePort())
  expect(failure(() => connect(three, address))).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect' })
  setReuseAddress(one)
  bind(one, address)
  listen(one, 1)
  expect(failure(() => bind(two, address))).toMatchObject({ code: 'EADDRINUSE', syscall: 'bind' })
  expect(failure(() => bind(two, socketAddress('192.0.2.1', 1)))).toMatchObject({ code: 'EADDRNOTAVAIL' })
  for (const fd of [one, two, three]) close(fd)
})

test('of two names for one number the usual one is told', () => {
  expect(errnoName(constants.errno.EAGAIN)).toBe('EAGAIN')
  expect(errnoName(99_999)).toBe('errno 99999')
})

test('a failed call is told apart by its code, and from any other error', () => {
  const error = failure(() => close(NO_DESCRIPTOR))
  expect(failedWith(error, 'EPIPE', 'EBADF')).toBe(true)
  expect(failedWith(error, 'EPIPE')).toBe(false)
  expect(failedWith(new Error('EBADF'), 'EBADF')).toBe(false)
  expect(failedWith('EBADF', 'EBADF')).toBe(false)
})
