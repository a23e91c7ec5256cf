import type { LoadPlan } from '../state/event.ts'

/** What a client says and what answer it waits for, depending on the service. */
export type Protocol = {
  request: Uint8Array
  /** Length of the answer in bytes; null when any answer will do. */
  expected: number | null
  /** Whether the server closes the connection after its answer, or the client does. */
  serverCloses: boolean
}

const MESSAGE = 'Hello network world'
const CTIME_LENGTH = 24

export function protocolOf({ service, bytes }: LoadPlan): Protocol {
  const request = Buffer.from(`${bytes}\n`)
  if (service === 'bytes') return { request, expected: bytes, serverCloses: true }
  if (service === 'any') return { request, expected: null, serverCloses: true }
  const expected = `Echo=>${MESSAGE} at `.length + CTIME_LENGTH
  return { request: Buffer.from(MESSAGE), expected, serverCloses: false }
}
