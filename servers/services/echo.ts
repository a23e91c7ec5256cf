import type { Connection, Wait } from './service.ts'

const MAX_MESSAGE = 1024
const buffer = new Uint8Array(MAX_MESSAGE)

/** Answers each message of up to 1024 bytes with `Echo=>MESSAGE at TIME`, until the client closes. */
export function* echo(connection: Connection): Generator<Wait, void> {
  for (;;) {
    const length = yield* connection.read(buffer)
    if (length === 0) return
    const message = Buffer.from(buffer.subarray(0, length))
    yield* connection.write(
      Buffer.concat([Buffer.from('Echo=>'), message, Buffer.from(` at ${ctime(new Date())}`)]),
    )
  }
}

/** The time as `Fri Nov 20 09:05:03 2026`. Source: ctime(3), without its newline. */
export function ctime(time: Date): string {
  const [weekday, month, day, year, clock] = time.toString().split(' ')
  return `${weekday} ${month} ${day!.replace(/^0/, ' ')} ${clock} ${year}`
}
