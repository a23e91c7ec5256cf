import { MAX_BYTES } from '../bytes.ts'

/** A request that is answered with an error, after which the connection ends. */
export class RequestError extends Error {
  readonly status: number
  /** Bytes of content that the client is about to send all the same. */
  readonly announced: number

  constructor(status: number, announced = 0) {
    super(`the request was answered with ${status}`)
    this.status = status
    this.announced = announced
  }
}

export type Request = {
  method: string
  /** What it is answered with, and how many bytes. */
  status: number
  length: number
  /** Bytes of its own content. */
  content: number | 'chunked'
  expectsContinue: boolean
  /** Whether the connection ends after the answer. */
  closes: boolean
  /** Whether the client speaks HTTP/1.0. */
  isOld: boolean
}

const DEFAULT_LENGTH = 4096
const METHODS = ['GET', 'HEAD', 'POST']
const REQUEST_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) (\S+) HTTP\/(\d)\.(\d)$/
/** No whitespace before the colon, no control characters in the value. Source: RFC 9112, 5. */
const FIELD = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/

/** The request with that head, without the empty line at its end. Throws RequestError. Source: RFC 9112, 3, 5 and 6. */
export function parseRequest(head: string): Request {
  const [line = '', ...lines] = head.split(/\r?\n/)
  const [, method, target, major, minor] = REQUEST_LINE.exec(line) ?? []
  if (method === undefined || target === undefined) throw new RequestError(400)
  if (major !== '1') throw new RequestError(505)
  const isOld = minor === '0'
  const fields = parseFields(lines)
  const hosts = fields.get('host') ?? []
  if (hosts.length > 1 || (hosts.length === 0 && !isOld)) throw new RequestError(400)
  const options = (fields.get('connection') ?? [])
    .join(',')
    .toLowerCase()
    .split(/[ \t,]+/)
  const length = lengthOf(target)
  const isKnown = METHODS.includes(method)
  return {
    method,
    status: !isKnown ? 405 : length === null ? 404 : 200,
    length: isKnown && length !== null ? length : 0,
    content: contentOf(fields, isOld),
    expectsContinue: !isOld && fields.get('expect')?.[0]?.toLowerCase() === '100-continue',
    closes: options.includes('close') || (isOld && !options.includes('keep-alive')),
    isOld,
  }
}

function parseFields(lines: string[]): Map<string, string[]> {
  const fields = new Map<string, string[]>()
  for (const line of lines) {
    const [, name, value = ''] = FIELD.exec(line) ?? []
    if (name === undefined) throw new RequestError(400)
    const key = name.toLowerCase()
    const values = fields.get(key)
    if (values) values.push(value)
    else fields.set(key, [value])
  }
  return fields
}

/** How many bytes that target has; null when there is none. It may be a whole URL, and may have a query. */
function lengthOf(target: string): number | null {
  const path = target.replace(/^http:\/\/[^/?]*/i, '').replace(/\?.*$/, '')
  if (path === '/' || path === '') return DEFAULT_LENGTH
  const [, digits] = /^\/bytes\/([0-9]{1,8})$/.exec(path) ?? []
  const length = Number(digits)
  return digits !== undefined && length <= MAX_BYTES ? length : null
}

/** Where the content ends must be beyond doubt. Source: RFC 9112, 6.3. */
function contentOf(fields: Map<string, string[]>, isOld: boolean): Request['content'] {
  const codings = fields.get('transfer-encoding')
  const lengths = fields.get('content-length')
  if (codings) {
    if (lengths || isOld) throw new RequestError(400)
    if (codings.join(',').trim().toLowerCase() !== 'chunked') throw new RequestError(501)
    return 'chunked'
  }
  if (!lengths) return 0
  const [length, ...others] = lengths.flatMap((value) => value.split(/[ \t]*,[ \t]*/))
  if (!/^[0-9]{1,15}$/.test(length!) || others.some((other) => other !== length)) throw new RequestError(400)
  return Number(length)
}
