import type { LoadPlan } from '../state/event.ts'

/** What a client says and what answer it waits for, depending on the service. */
export type Dialogue = {
  request: Uint8Array
  /** Length of the answer in bytes. */
  expected: number
  /** Whether the server closes the connection after its answer, or the client does. */
  serverCloses: boolean
}

const MESSAGE = 'Hello network world'
const CTIME_LENGTH = 24

export function dialogueOf({ service, bytes }: LoadPlan): Dialogue {
  if (service === 'bytes') return { request: Buffer.from(`${bytes}\n`), expected: bytes, serverCloses: true }
  const expected = `Echo=>${MESSAGE} at `.length + CTIME_LENGTH
  return { request: Buffer.from(MESSAGE), expected, serverCloses: false }
}
