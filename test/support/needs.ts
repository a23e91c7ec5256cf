import { spawnSync } from 'node:child_process'

type Skip = (condition: boolean, note: string) => void

/**
 * Skips the test when a program is not installed, and says which package has it. In CI it is an error: there every
 * test is to run.
 */
export function needs(program: string, debianPackage: string, skip: Skip): void {
  if (spawnSync(program, ['-h']).error === undefined) return
  const reason = `${program} is not installed: it is in the Debian package ${debianPackage}`
  if (process.env.CI) throw new Error(reason)
  skip(true, reason)
}
