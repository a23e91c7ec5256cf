import { checkSocketPath } from '../load/check-socket-path.ts'
import { checkBody, checkHeader, checkMethod, checkPath } from '../load/protocols/http/check-request.ts'
import type { Option } from './table.ts'

/** What a load asks for beside its numbers: the rows of the table of options that are its own. */
export const loadOptions = {
  requests: {
    kind: 'number',
    from: 1,
    to: 1_000_000,
    default: 1,
    help: 'http, echo: requests on each connection; 1 closes it',
  },
  duration: {
    kind: 'duration',
    from: 10,
    to: 24 * 60 * 60_000,
    default: null,
    help: 'how long requests are made, such as 10s, instead of --connections',
  },
  path: { kind: 'text', check: checkPath, default: '/', help: 'http: what is asked for' },
  method: { kind: 'text', check: checkMethod, default: 'GET', help: 'http: method of the request' },
  header: {
    kind: 'list',
    check: checkHeader,
    default: [],
    help: "http: a header field, as 'Accept: text/html'; repeatable",
  },
  body: { kind: 'text', check: checkBody, default: '', help: 'http: content of the request' },
  unix: {
    kind: 'text',
    check: checkSocketPath,
    default: null,
    help: 'load: path of a Unix socket, instead of host and port',
  },
} satisfies Record<string, Option>

export type LoadOptions = {
  requests: number
  /** In milliseconds. */
  duration: number | null
  path: string
  method: string
  header: string[]
  body: string
  unix: string | null
}
