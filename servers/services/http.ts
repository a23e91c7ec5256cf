import { answer, CONTINUE } from './http/answer.ts'
import { type Request, RequestError } from './http/request.ts'
import { RequestReader } from './http/request-reader.ts'
import type { Connection, Wait } from './service.ts'

/** A body of a request may have so many bytes; they are read and not kept. */
const MOST_CONTENT = 1024 * 1024
/** What a client has announced is read up to this even when it is refused: else closing would reset the connection. */
const MOST_REFUSED = 64 * 1024 * 1024

const payload = new Uint8Array(64 * 1024).fill(0x2e)

/**
 * A small HTTP/1.1 server: `/` is 4096 bytes, `/bytes/N` is N of them, for GET, HEAD and POST; there are no files. The
 * connection stays open for the next request unless the client says otherwise. Source: RFC 9112.
 */
export function* http(connection: Connection): Generator<Wait, void> {
  const reader = new RequestReader(connection)
  try {
    for (;;) {
      const request = yield* reader.next()
      if (request === null) return
      yield* readContent(connection, reader, request)
      yield* write(connection, request)
      if (request.closes) return
    }
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    yield* connection.write(answer(error.status, { closes: true, head: false, length: 0 }))
    yield* reader.skip(error.announced)
  }
}

function* readContent(
  connection: Connection,
  reader: RequestReader,
  request: Request,
): Generator<Wait, void> {
  const { content, expectsContinue } = request
  if (content === 0) return
  if (content !== 'chunked' && content > MOST_CONTENT)
    throw new RequestError(413, content <= MOST_REFUSED && !expectsContinue ? content : 0)
  if (expectsContinue) yield* connection.write(CONTINUE)
  if (content === 'chunked') yield* reader.skipChunks(MOST_CONTENT)
  else yield* reader.skip(content)
}

function* write(connection: Connection, request: Request): Generator<Wait, void> {
  const { status, length, method, closes, isOld } = request
  const head = method === 'HEAD'
  yield* connection.write(answer(status, { closes, isOld, head, length }))
  // The answer holds as much of it as fits.
  for (let left = head ? 0 : length - payload.length; left > 0; left -= payload.length)
    yield* connection.write(payload, Math.min(left, payload.length))
}
