import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './row.ts'

type Skip = (condition: boolean, note: string) => void

/** Servers are often for root alone, and then only on root's PATH. */
const FOLDERS = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin']

/** Skips the test of a server that is not installed, and says which package has it. In CI it is an error. */
export function needsServer({ program, package: name }: Row, skip: Skip): void {
  if (
    program.includes('/') ? existsSync(program) : FOLDERS.some((folder) => existsSync(join(folder, program)))
  )
    return
  const reason = `${program} is not installed: it is in the Debian package ${name}`
  if (process.env.CI) throw new Error(reason)
  skip(true, reason)
}
