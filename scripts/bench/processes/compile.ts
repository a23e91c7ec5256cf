import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './run.ts'

const sources = join(import.meta.dirname, '../c')
let folder: string | null = null
const compiled = new Map<string, Promise<string>>()

/** The path of the program made from c/NAME.c: compiled when first asked for, and removed when we end. */
export function compile(name: string): Promise<string> {
  const program = compiled.get(name) ?? cc(name)
  compiled.set(name, program)
  return program
}

async function cc(name: string): Promise<string> {
  const program = join(ownFolder(), name)
  await run(process.env.CC || 'cc', [
    '-std=gnu11',
    '-O2',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-pthread',
    '-o',
    program,
    join(sources, `${name}.c`),
  ])
  return program
}

function ownFolder(): string {
  if (folder !== null) return folder
  const made = mkdtempSync(join(tmpdir(), 'csdesign-bench-'))
  process.once('exit', () => rmSync(made, { recursive: true }))
  folder = made
  return made
}
