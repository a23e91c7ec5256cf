const LF = '\r\n'
const reasons: Record<number, string> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  431: 'Request Header Fields Too Large',
  501: 'Not Implemented',
  505: 'HTTP Version Not Supported',
}

/** Says that the client may send its content. Source: RFC 9110, 15.2.1. */
export const CONTINUE = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n')

/** As much of a body as one write takes. */
const MOST_PAYLOAD = 64 * 1024

type About = {
  closes: boolean
  /** To a client of HTTP/1.0 that wants the connection to stay. */
  isOld?: boolean
  /** Whether only the header is asked for. */
  head: boolean
  /** Bytes of the body. */
  length: number
}

const made = new Map<string, Buffer>()
/** The second since 1970 in which they were made: their Date is of no other. */
let madeAt = 0

/** The header of an answer with the first 64 kB of its body, ready to be sent. Source: RFC 9112, 4; RFC 9110, 6.6.1. */
export function answer(status: number, about: About): Buffer {
  const { closes, isOld = false, head, length } = about
  const second = Math.floor(Date.now() / 1000)
  if (second !== madeAt) made.clear()
  madeAt = second
  const key = `${status} ${length} ${closes} ${isOld} ${head}`
  const known = made.get(key)
  if (known) return known
  const bytes = make(status, about)
  made.set(key, bytes)
  return bytes
}

function make(status: number, { closes, isOld, head, length }: About): Buffer {
  const lines = [
    `HTTP/1.1 ${status} ${reasons[status]}`,
    `Date: ${new Date().toUTCString()}`,
    ...(status === 405 ? ['Allow: GET, HEAD, POST'] : []),
    'Content-Type: text/plain',
    `Content-Length: ${length}`,
    ...(closes ? ['Connection: close'] : isOld ? ['Connection: keep-alive'] : []),
  ]
  const body = Buffer.alloc(head ? 0 : Math.min(length, MOST_PAYLOAD), '.')
  return Buffer.concat([Buffer.from(lines.join(LF) + LF + LF), body])
}
