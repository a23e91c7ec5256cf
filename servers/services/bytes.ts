import type { Connection, Wait } from './service.ts'

export const MAX_BYTES = 64 * 1024 * 1024

const request = new Uint8Array(64)
const payload = new Uint8Array(64 * 1024).fill(0x2e)

/**
 * The client sends a decimal count, ended by a newline or by nothing at all; it is answered with that many bytes.
 * Source: UNP 30.2, and the csdesign client, which sends no newline. Throws for anything but a count up to 64 MiB.
 */
export function* bytes(connection: Connection): Generator<Wait, void> {
  const length = yield* connection.read(request)
  if (length === 0) return
  for (let left = parseCount(length); left > 0; left -= payload.length)
    yield* connection.write(payload, Math.min(left, payload.length))
}

const NEWLINE = 0x0a
const RETURN = 0x0d
const ZERO = 0x30

/** Digit by digit: a string and a pattern would be most of what a forked child does for its client. */
function parseCount(length: number): number {
  let end = length
  if (request[end - 1] === NEWLINE) end -= request[end - 2] === RETURN ? 2 : 1
  let count = end === 0 ? Number.NaN : 0
  for (let i = 0; i < end; i++) {
    const digit = request[i]! - ZERO
    count = digit >= 0 && digit <= 9 ? 10 * count + digit : Number.NaN
  }
  if (count <= MAX_BYTES) return count
  const text = String.fromCharCode(...request.subarray(0, end))
  if (count > MAX_BYTES) throw new Error(`${text} bytes asked for, ${MAX_BYTES} is the most`)
  throw new Error(`not a count of bytes: ${JSON.stringify(text)}`)
}
