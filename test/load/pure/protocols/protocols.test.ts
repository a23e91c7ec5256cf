import { expect, test } from 'vitest'
import { ctime } from '../../../../servers/services/echo.ts'
import { protocolFor } from '../../../../src/load/plan.ts'
import { firstRequest, protocols } from '../../../../src/load/protocols/index.ts'
import type { AnswerParser } from '../../../../src/load/protocols/protocol.ts'
import { plan } from '../../support.ts'

const feed = (parser: AnswerParser, text: string) => {
  const bytes = Buffer.from(text, 'latin1')
  return parser.take(bytes, 0, bytes.length)
}

test('a request for bytes is their count, and the server closes after so many', () => {
  const protocol = protocols.bytes(plan(1, { bytes: 4096 }))
  expect(Buffer.from(protocol.request(0, true)).toString()).toBe('4096\n')
  const parser = protocol.createParser()
  parser.begin()
  feed(parser, '.'.repeat(4095))
  expect(parser.outcome).toBe('more')
  feed(parser, '.')
  expect(parser).toMatchObject({ outcome: 'complete', serverCloses: true, canContinue: false })
})

test('bytes more than asked for are left over', () => {
  const protocol = protocols.bytes(plan(1, { bytes: 3 }))
  const parser = protocol.createParser()
  parser.begin()
  expect(feed(parser, '12345')).toBe(3)
  expect(protocol.surplus(Buffer.from('12345'), 3, 5)).toBe('LONG')
})

test('no bytes at all are complete when the server closes', () => {
  const parser = protocols.bytes(plan(1, { bytes: 0 })).createParser()
  parser.begin()
  parser.end()
  expect(parser.outcome).toBe('complete')
  parser.begin()
  feed(parser, '.')
  expect(parser).toMatchObject({ outcome: 'failed', failure: 'LONG' })
})

test('the answer to an echo is as long as the echo service makes it, and the connection goes on', () => {
  const protocol = protocols.echo(plan(1))
  const answer = `Echo=>${Buffer.from(protocol.request(0, false))} at ${ctime(new Date())}`
  const parser = protocol.createParser()
  for (let i = 0; i < 3; i++) {
    parser.begin()
    expect(feed(parser, answer)).toBe(answer.length)
    expect(parser).toMatchObject({ outcome: 'complete', canContinue: true, serverCloses: false })
  }
})

test('an echo of something else is garbage, a second one is told from a long one', () => {
  const protocol = protocols.echo(plan(1))
  const parser = protocol.createParser()
  parser.begin()
  feed(parser, 'Echo=>')
  feed(parser, 'Hello you')
  expect(parser).toMatchObject({ outcome: 'failed', failure: 'GARBAGE' })
  const name = (text: string) => protocol.surplus(Buffer.from(text), 0, text.length)
  expect(['Echo=>Hello', ' and more'].map(name)).toEqual(['TWICE', 'LONG'])
})

test('of a service that nobody knows any answer will do, but none will not', () => {
  const parser = protocols.any(plan(1)).createParser()
  parser.begin()
  feed(parser, 'x')
  expect(parser.outcome).toBe('complete')
  parser.begin()
  parser.end()
  expect(parser).toMatchObject({ outcome: 'failed', failure: 'SHORT' })
})

test('each service has its protocol, and a file has any', () => {
  const services = ['bytes', 'echo', 'http', 'any', 'auto', './own.ts']
  expect(services.map(protocolFor)).toEqual(['bytes', 'echo', 'http', 'any', 'auto', 'any'])
})

test('what a connection says first depends on the service; where that is open it is HTTP', () => {
  const first = (service: 'bytes' | 'any' | 'auto') =>
    Buffer.from(firstRequest(plan(80, { service, bytes: 7 }))).toString()
  expect([first('bytes'), first('any'), first('auto').split('\r\n')[0]]).toEqual([
    '7\n',
    '7\n',
    'GET / HTTP/1.1',
  ])
})
