import { expect, test } from 'vitest'
import { ctime } from '../../../servers/services/echo.ts'
import { protocolFor } from '../../../src/load/plan.ts'
import { protocolOf } from '../../../src/load/protocol.ts'
import { plan } from '../support.ts'

test('a request for bytes is their count, and the server closes after so many', () => {
  const { request, ...rest } = protocolOf(plan(1, { bytes: 4096 }))
  expect(Buffer.from(request).toString()).toBe('4096\n')
  expect(rest).toEqual({ expected: 4096, serverCloses: true })
})

test('the answer to an echo is as long as the echo service makes it', () => {
  const { request, expected, serverCloses } = protocolOf(plan(1, { service: 'echo' }))
  expect(expected).toBe(`Echo=>${Buffer.from(request)} at ${ctime(new Date())}`.length)
  expect(serverCloses).toBe(false)
})

test('of a service that nobody knows any answer will do', () => {
  expect(['bytes', 'echo', './own.ts'].map(protocolFor)).toEqual(['bytes', 'echo', 'any'])
})
