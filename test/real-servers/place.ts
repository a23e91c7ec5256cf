import { chmodSync } from 'node:fs'
import { temporaryFolder } from '../support/compile.ts'
import { freePort } from '../support/free-port.ts'
import type { Place } from './row.ts'

/** A free port, and a folder into which servers that have changed their user may look. */
export async function newPlace(): Promise<Place> {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  return { port: await freePort(), folder }
}
