import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { models } from '../../servers/catalog.ts'
import { needs } from '../support/needs.ts'
import { python } from '../support/python.ts'
import { type Server, startServer } from '../support/start-server.ts'

const run = promisify(execFile)

/** Its first argument is the port, the others are requests: it prints how many bytes each got until end of file. */
const CLIENT = `
import socket, sys
for request in sys.argv[2:]:
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as connection:
        connection.sendall(request.encode())
        length = 0
        while chunk := connection.recv(65536):
            length += len(chunk)
        print(length)
`

const COUNTS = [0, 1, 4096, 65_537, 1_048_576]

describe.each(models.map(({ name }) => name))('%s', (model) => {
  let server: Server
  beforeAll(async () => {
    server = await startServer(model)
  })
  afterAll(() => server.end())

  test('a client in Python gets as many bytes as it asked for, then end of file', async () => {
    const requests = COUNTS.flatMap((count) => [`${count}`, `${count}\n`])
    const { stdout } = await run(python, ['-c', CLIENT, `${server.port}`, ...requests])
    expect(stdout.trim().split('\n').map(Number)).toEqual(COUNTS.flatMap((count) => [count, count]))
  })

  test('so does nc, with a newline and without', async ({ skip }) => {
    needs('nc', 'netcat-openbsd', skip)
    for (const request of ['100000\n', '100000']) {
      const answer = run('nc', ['127.0.0.1', `${server.port}`])
      answer.child.stdin!.end(request)
      expect((await answer).stdout.length).toBe(100_000)
    }
  })
})
