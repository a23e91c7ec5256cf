import { describe, expect, test } from 'vitest'
import { HttpAnswerParser } from '../../../../src/load/protocols/http/answer-parser.ts'
import { protocols } from '../../../../src/load/protocols/index.ts'
import { plan } from '../../support.ts'
import { type Answer, bad, good } from './answers.ts'

type Verdict = { outcome: string; status?: number; canContinue?: boolean; failure?: string; rest: number }

/** What becomes of the text when it comes in pieces that end there. */
function parse(parser: HttpAnswerParser, text: string, ends: number[], closes: boolean): Verdict {
  const bytes = Buffer.from(text, 'latin1')
  parser.begin()
  let from = 0
  for (const end of [...ends, bytes.length]) {
    while (from < end && parser.outcome === 'more') {
      const taken = parser.take(bytes, from, end)
      if (taken < from || taken > end || (taken < end && parser.outcome === 'more'))
        throw new Error(`took up to ${taken} of ${from} to ${end}`)
      from = taken
    }
  }
  if (closes) parser.end()
  const { outcome, status, canContinue, failure } = parser
  if (outcome === 'failed') return { outcome, failure, rest: 0 }
  return { outcome, status, canContinue, rest: bytes.length - from }
}

const expected = (answer: Answer): Verdict =>
  'failure' in answer
    ? { outcome: 'failed', failure: answer.failure, rest: 0 }
    : { outcome: 'complete', status: answer.status, canContinue: answer.canContinue, rest: 0 }

/** Every byte for short ones; of the long ones the places around a few. */
const places = ({ text }: Answer) =>
  Array.from({ length: Math.min(text.length, 300) }, (_, i) =>
    text.length <= 300 ? i : Math.floor((i * text.length) / 300),
  )

describe.each([
  ['an answer is understood', good],
  ['what is no answer is refused', bad],
])('%s, wherever it is split', (_, answers) => {
  test.each(answers)('$name', (answer) => {
    const parser = new HttpAnswerParser({ isHead: answer.isHead ?? false })
    const verdict = (...ends: number[]) => parse(parser, answer.text, ends, answer.closes ?? false)
    expect(verdict()).toEqual(expected(answer))
    for (const place of places(answer)) expect([place, verdict(place)]).toEqual([place, expected(answer)])
    expect(verdict(...places(answer))).toEqual(expected(answer))
  })
})

test('what follows a whole answer is left for the next', () => {
  const parser = new HttpAnswerParser()
  for (const { text, closes, isHead, ...answer } of good.filter(({ closes, isHead }) => !closes && !isHead)) {
    const verdict = parse(parser, `${text}HTTP/1.1 200 OK`, [], false)
    expect([answer.name, verdict.outcome, verdict.rest]).toEqual([answer.name, 'complete', 15])
  }
})

test('a half answer is neither whole nor wrong', () => {
  const parser = new HttpAnswerParser()
  for (const { text, isHead, closes } of good) {
    if (isHead || closes) continue
    for (let end = 0; end < text.length; end++)
      expect([text, end, parse(parser, text.slice(0, end), [], false).outcome]).toEqual([text, end, 'more'])
  }
})

test('one parser reads all kinds of answers one after the other, each twice, as if it were the first', () => {
  for (const isHead of [false, true]) {
    const parser = new HttpAnswerParser({ isHead })
    const answers = [...good, ...bad].filter((answer) => (answer.isHead ?? false) === isHead)
    for (const answer of [...answers, ...answers.toReversed()])
      for (const ends of [[], [], [answer.text.length >> 1], []])
        expect([answer.name, parse(parser, answer.text, ends, answer.closes ?? false)]).toEqual([
          answer.name,
          expected(answer),
        ])
  }
})

/** A generator of the same numbers each time. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 0x7fffffff
    return state % below
  }
}

const SPICE = [
  '\r',
  '\n',
  '\r\n',
  ' ',
  '\t',
  ':',
  ',',
  ';',
  '0',
  '9',
  'f',
  '\0',
  '\xff',
  'chunked',
  'HTTP/1.1 200 OK\r\n',
]

/** The text with a few bytes changed, dropped, added or repeated. */
function spoil(text: string, pick: (below: number) => number): string {
  let spoilt = text
  for (let changes = 1 + pick(4); changes > 0; changes--) {
    const at = pick(spoilt.length + 1)
    const added = [
      SPICE[pick(SPICE.length)]!,
      String.fromCharCode(pick(256)),
      spoilt.slice(at, at + pick(9)),
    ][pick(3)]
    spoilt = spoilt.slice(0, at) + added + spoilt.slice(at + pick(3))
  }
  return spoilt
}

test('six thousand spoilt answers: nothing crashes it, and no split changes what it says', () => {
  const pick = random(20_261_120)
  const seeds = [...good, ...bad].filter(({ text }) => text.length > 0 && text.length < 1000)
  const seen = new Set<string>()
  for (let i = 0; i < 6000; i++) {
    const { text, isHead = false } = seeds[pick(seeds.length)]!
    const spoilt = spoil(text, pick)
    const parser = new HttpAnswerParser({ isHead })
    const whole = parse(parser, spoilt, [], true)
    const again = parse(parser, spoilt, [], true)
    const ends = Array.from({ length: pick(6) }, () => pick(spoilt.length)).sort((a, b) => a - b)
    const split = parse(parser, spoilt, ends, true)
    const single = parse(
      parser,
      spoilt,
      [...spoilt].map((_, at) => at),
      true,
    )
    if (JSON.stringify([again, split, single]) !== JSON.stringify([whole, whole, whole]))
      throw new Error(`${JSON.stringify({ spoilt, ends, whole, split, single })}`)
    seen.add(whole.failure ?? whole.outcome)
  }
  expect([...seen].sort()).toEqual(
    ['BAD_CHUNK', 'BAD_ENCODING', 'BAD_HEADER', 'BAD_LENGTH', 'GARBAGE', 'SHORT', 'complete'].sort(),
  )
})

describe('a request', () => {
  const request = (given: Partial<ReturnType<typeof plan>['http']>, where = {}) => {
    const http = { path: '/', method: 'GET', headers: [], body: '', ...given }
    const protocol = protocols.http(plan(8080, { http, ...where }))
    return { next: text(protocol.request(0, false)), last: text(protocol.request(1, true)), protocol }
  }
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

  test('names its host, and the last on a connection says so', () => {
    const { next, last } = request({ path: '/a?b=c' })
    expect(next).toBe('GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n')
    expect(last).toBe('GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\n\r\n')
  })

  test('has the fields that are given, and none of them twice', () => {
    const { last } = request({ headers: ['host: example.org', 'Connection: keep-alive', 'X-A: 1', 'X-A: 2'] })
    expect(last).toBe(
      'GET / HTTP/1.1\r\nhost: example.org\r\nConnection: keep-alive\r\nX-A: 1\r\nX-A: 2\r\n\r\n',
    )
  })

  test('has the length of its content in bytes', () => {
    expect(request({ method: 'POST', body: 'käse' }).next).toContain('\r\nContent-Length: 5\r\n\r\n')
    expect(request({ method: 'PUT' }).next).toContain('\r\nContent-Length: 0\r\n')
    expect(request({}).next).not.toContain('Content-Length')
  })

  test('has a host in brackets, without the usual port, or none of its own', () => {
    const host = (where: object) => /Host: (.*)\r/.exec(request({}, where).next)![1]
    expect(host({ host: '::1' })).toBe('[::1]:8080')
    expect(host({ port: 80 })).toBe('127.0.0.1')
    expect(host({ unix: '/run/app.sock' })).toBe('localhost')
  })

  test('may be sent again only when that does no harm', () => {
    const repeats = ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'POST', 'PATCH', 'X'].filter(
      (method) => request({ method }).protocol.canRepeat,
    )
    expect(repeats).toEqual(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])
  })

  test('that is answered twice is told from one whose answer is too long', () => {
    const { protocol } = request({})
    const name = (surplus: string) => protocol.surplus(Buffer.from(surplus), 0, surplus.length)
    expect(['HTTP/1.1 200 OK', 'HT', '\r\n', 'xyz'].map(name)).toEqual(['TWICE', 'TWICE', 'LONG', 'LONG'])
  })
})
