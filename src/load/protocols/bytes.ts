import { FixedLengthParser } from './fixed-length.ts'
import type { Protocol } from './protocol.ts'

/** The client asks for a number of bytes; the server sends so many and closes. See servers/services/bytes.ts. */
export function bytes(count: number): Protocol {
  const request = Buffer.from(`${count}\n`)
  return {
    name: 'bytes',
    request: () => request,
    createParser: () => new FixedLengthParser(count, { serverCloses: true }),
    takesSeveral: false,
    canRepeat: false,
    silenceLimit: Infinity,
    surplus: () => 'LONG',
  }
}
