import { isIPv6 } from 'node:net'
import type { HttpRequest, LoadPlan } from '../../../state/event.ts'

const HTTP_PORT = 80
/** Methods whose requests have a length, if only 0. Source: RFC 9110, 8.6. */
const WITH_CONTENT = ['POST', 'PUT', 'PATCH']

/** Stands in a path for the number of bytes that is asked for. */
export const BYTES = '{bytes}'

/** The path that is asked for when it is so many bytes. */
export function pathFor({ http, bytes }: Pick<LoadPlan, 'http' | 'bytes'>): string {
  return http.path.replaceAll(BYTES, String(bytes))
}

type Addressee = Pick<LoadPlan, 'host' | 'port' | 'unix'>

/**
 * The bytes of a request; the last one on its connection says that it is. Its header fields come first, so that a Host
 * among them is the only one. Source: RFC 9112, 3.
 */
export function formatRequest(request: HttpRequest, to: Addressee, { isLast }: { isLast: boolean }): Buffer {
  const { method, path, headers, body } = request
  const content = Buffer.from(body)
  const hasField = (name: string) => headers.some((line) => line.toLowerCase().startsWith(`${name}:`))
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...(hasField('host') ? [] : [`Host: ${hostOf(to)}`]),
    ...headers,
    ...(content.length > 0 || WITH_CONTENT.includes(method) ? [`Content-Length: ${content.length}`] : []),
    ...(isLast && !hasField('connection') ? ['Connection: close'] : []),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), content])
}

function hostOf({ host, port, unix }: Addressee): string {
  if (unix !== null) return 'localhost'
  const name = isIPv6(host) ? `[${host}]` : host
  return port === HTTP_PORT ? name : `${name}:${port}`
}
