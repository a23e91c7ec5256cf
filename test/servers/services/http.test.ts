import type { Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { models } from '../../../servers/catalog.ts'
import { open } from '../../support/ask.ts'
import { type Server, startServer } from '../../support/start-server.ts'
import { until } from '../../support/until.ts'

let server: Server
const sockets: Socket[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await server.end()
})

/** A connection with what came over it so far. */
async function client() {
  const socket = await open(server.port)
  sockets.push(socket)
  let text = ''
  let isClosed = false
  socket.setEncoding('latin1').on('data', (data) => {
    text += data
  })
  socket.on('error', () => {})
  socket.on('end', () => {
    isClosed = true
  })
  return {
    send: (request: string) => void socket.write(request, 'latin1'),
    /** Everything that came, when so many answers have come whole; dates left out. */
    answers: async (count: number) => {
      await until(() => split(text).length >= count, `${count} answers in ${JSON.stringify(text)}`)
      return split(text)
    },
    closed: async () => {
      await until(() => isClosed, 'the end of the connection')
      return split(text)
    },
  }
}

type Answer = { status: number; body: number; fields: Record<string, string> }

/** The answers in the text that are whole; those to HEAD are cut at their empty line by the next status line. */
function split(text: string): Answer[] {
  const answers: Answer[] = []
  for (const part of text.split(/(?=HTTP\/1\.1 )/).filter(Boolean)) {
    const [head = '', body] = part.split('\r\n\r\n')
    if (body === undefined) break
    const [status = '', ...lines] = head.split('\r\n')
    const fields = Object.fromEntries(lines.map((line) => line.toLowerCase().split(': ')))
    answers.push({ status: Number(status.split(' ')[1]), body: body.length, fields })
  }
  return answers
}

const get = (path: string, ...lines: string[]) =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`
const begin = async (model = 'epoll') => {
  server = await startServer(model, { service: 'http' })
}

/** Those whose service is JavaScript. */
const able = models.filter(({ choices }) => choices?.service === undefined).map(({ name }) => name)

test.each(able)(
  '%s: a connection stays for the next request, and ends when the client wants it',
  async (model) => {
    await begin(model)
    const { send, answers, closed } = await client()
    for (const [i, path] of ['/bytes/5', '/', '/bytes/0', '/bytes/70000'].entries()) {
      send(get(path))
      const all = await answers(i + 1)
      await until(
        async () => (await answers(i + 1))[i]!.body === Number(all[i]!.fields['content-length']),
        'all of it',
      )
    }
    send(get('/bytes/3', 'Connection: close'))
    const all = await closed()
    expect(all.map(({ status, body }) => [status, body])).toEqual([
      [200, 5],
      [200, 4096],
      [200, 0],
      [200, 70_000],
      [200, 3],
    ])
    expect(all.map(({ fields }) => fields.connection)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'close',
    ])
  },
)

describe('a request', () => {
  test('may come in pieces, also of one byte', async () => {
    await begin()
    const { send, answers } = await client()
    for (const letter of get('/bytes/5')) {
      send(letter)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect((await answers(1))[0]).toMatchObject({ status: 200, body: 5 })
  })

  test('may come behind others at once, in pieces that end anywhere', async () => {
    await begin()
    const { send, answers } = await client()
    const all = get('/bytes/1') + get('/bytes/2') + get('/bytes/3')
    send(all.slice(0, 50))
    await answers(1)
    send(all.slice(50))
    expect((await answers(3)).map(({ body }) => body)).toEqual([1, 2, 3])
  })

  test('with HEAD is answered without content', async () => {
    await begin()
    const { send, answers } = await client()
    send(`HEAD /bytes/7 HTTP/1.1\r\nHost: x\r\n\r\n${get('/bytes/1')}`)
    const [head, next] = await answers(2)
    expect(head).toMatchObject({ status: 200, body: 0, fields: { 'content-length': '7' } })
    expect(next).toMatchObject({ status: 200, body: 1 })
  })

  test('may have content, which is read and forgotten', async () => {
    await begin()
    const { send, answers } = await client()
    send(`POST /bytes/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel`)
    send(`lo${get('/bytes/2')}`)
    expect((await answers(2)).map(({ body }) => body)).toEqual([1, 2])
    const chunks = '5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: x\r\n\r\n'
    send(`POST /bytes/3 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}${get('/bytes/4')}`)
    expect((await answers(4)).map(({ body }) => body)).toEqual([1, 2, 3, 4])
  })

  test('that waits for a word before it sends its content is given it', async () => {
    await begin()
    const { send, answers } = await client()
    send('POST /bytes/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n')
    expect(await answers(1)).toMatchObject([{ status: 100 }])
    send('ok')
    expect((await answers(2)).map(({ status }) => status)).toEqual([100, 200])
  })

  test('of HTTP/1.0 closes, unless it asks to stay', async () => {
    await begin()
    const staying = await client()
    staying.send('GET /bytes/1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n')
    expect(await staying.answers(1)).toMatchObject([{ fields: { connection: 'keep-alive' } }])
    staying.send('GET /bytes/1 HTTP/1.0\r\n\r\n')
    expect(await staying.closed()).toHaveLength(2)
  })

  test('for a file is not found, wherever it points', async () => {
    await begin()
    const { send, answers } = await client()
    const paths = [
      '/etc/passwd',
      '/../../etc/passwd',
      '/bytes/../../etc/passwd',
      '/bytes/99999999',
      '/bytes/x',
      '*',
    ]
    for (const path of paths) send(get(path))
    expect((await answers(paths.length)).map(({ status }) => status)).toEqual(paths.map(() => 404))
    send(`${get('http://x/bytes/2?really')}DELETE / HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect((await answers(8)).slice(6)).toMatchObject([{ status: 200, body: 2 }, { status: 405 }])
  })

  test.each<[number, string, string]>([
    [400, 'no request', 'hello\r\n\r\n'],
    [400, 'no host', 'GET / HTTP/1.1\r\n\r\n'],
    [400, 'two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    [400, 'a space before the colon', 'GET / HTTP/1.1\r\nHost : a\r\n\r\n'],
    [400, 'a field over two lines', 'GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n'],
    [400, 'two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx'],
    [400, 'a length that is none', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
    [
      400,
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    [400, 'a chunk without size', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    [501, 'an unknown coding', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n'],
    [505, 'another version', 'GET / HTTP/2.0\r\nHost: a\r\n\r\n'],
    [431, 'a header without end', `GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(4000)}`],
    [
      413,
      'too much content',
      `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n${'x'.repeat(2_000_000)}`,
    ],
  ])('is answered with %i, and the connection ends: %s', async (status, _, request) => {
    await begin()
    const { send, answers, closed } = await client()
    send(request)
    expect((await answers(1))[0]).toMatchObject({ status, fields: { connection: 'close' } })
    expect(await closed()).toHaveLength(1)
  })
})
