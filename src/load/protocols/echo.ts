import { FixedLengthParser } from './fixed-length.ts'
import type { Protocol } from './protocol.ts'

const MESSAGE = 'Hello network world'
const BEGINNING = Buffer.from(`Echo=>${MESSAGE} at `)
const CTIME_LENGTH = 24

/** The client sends a message; the server sends it back with the time, and waits for the next. See servers/services/echo.ts. */
export function echo(): Protocol {
  const request = Buffer.from(MESSAGE)
  return {
    name: 'echo',
    request: () => request,
    createParser: () => new FixedLengthParser(BEGINNING.length + CTIME_LENGTH, { beginning: BEGINNING }),
    takesSeveral: true,
    canRepeat: true,
    silenceLimit: Infinity,
    surplus: (bytes, from) => (bytes[from] === BEGINNING[0] ? 'TWICE' : 'LONG'),
  }
}
