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

function parseCount(length: number): number {
  const text = String.fromCharCode(...request.subarray(0, length)).replace(/\r?\n$/, '')
  if (!/^[0-9]+$/.test(text)) throw new Error(`not a count of bytes: ${JSON.stringify(text)}`)
  const count = Number(text)
  if (count > MAX_BYTES) throw new Error(`${text} bytes asked for, ${MAX_BYTES} is the most`)
  return count
}
