import { byteSize } from '../report/format.ts'
import type { Session } from '../session/session.ts'

type Streams = { stdout: NodeJS.WritableStream; stderr: NodeJS.WritableStream }

/**
 * Prints every line that the server writes, as it comes, until the returned function is called; of what came too
 * fast to be read, how much it was. `onFirst` is called after the first line.
 */
export function printOutput(session: Session, to: Streams, onFirst: () => void = () => {}): () => void {
  let isFirst = true
  return session.events.subscribe((events) => {
    for (const event of events) {
      if (event.type === 'output-skipped')
        to.stderr.write(`(${byteSize(event.bytes)} of output skipped: it came too fast)\n`)
      if (event.type !== 'output') continue
      to[event.stream].write(`${event.line}\n`)
      if (isFirst) onFirst()
      isFirst = false
    }
  })
}
