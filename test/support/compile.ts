import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { root } from './root.ts'

const folders: string[] = []

// Here and not below: a hook that is set within a test is never run.
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder that is gone when the tests of this file are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'csdesign-test-'))
  folders.push(folder)
  return folder
}

/**
 * Compiles C, which may include headers of the probe, and returns the path of the program, or of what the flags make of
 * it. Throws what the compiler says.
 */
export function compile(source: string, flags: string[] = [], compiler = process.env.CC || 'cc'): string {
  const program = join(temporaryFolder(), 'program')
  const args = [
    '-x',
    'c',
    '-std=gnu11',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-pthread',
    '-I',
    join(root, 'src/observe/probe'),
    '-o',
    program,
    '-',
    ...flags,
  ]
  const { status, stderr } = spawnSync(compiler, args, { input: source, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr || `${compiler} is not installed`)
  return program
}
