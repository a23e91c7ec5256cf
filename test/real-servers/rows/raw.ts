import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Expected, Row } from '../row.ts'

const source = (file: string) => join(import.meta.dirname, '../programs', file)

const PROCESSES: Expected[] = [
  { role: 'parent', name: /^server$/, count: 1 },
  { role: 'child', name: /^server$/, count: 3 },
]

/** The same C program, built and started in ways that keep the probe out of it or make it pass something first. */
const c = (
  name: string,
  compiler: string,
  packages: string,
  flags: string[],
  before: string[] = [],
): Row => ({
  name,
  program: compiler,
  package: packages,
  command({ port, folder }) {
    execFileSync(compiler, ['-o', `${folder}/server`, source('prefork.c'), ...flags])
    return [...before, `${folder}/server`, `${port}`]
  },
  service: 'any',
  processes: PROCESSES,
})

const go = (name: string, cgo: '0' | '1'): Row => ({
  name,
  program: 'go',
  package: 'golang-go',
  command({ port, folder }) {
    const environment = { ...process.env, CGO_ENABLED: cgo, GO111MODULE: 'off', GOFLAGS: '' }
    execFileSync('go', ['build', '-o', `${folder}/server`, source('server.go')], { env: environment })
    return [`${folder}/server`, `${port}`]
  },
  service: 'any',
  processes: [{ role: 'server', name: /^server$/, count: 1 }],
})

const AS_NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

export const rawRows: Row[] = [
  c('C', 'cc', 'gcc and libc6-dev', []),
  c('C, static', 'cc', 'gcc and libc6-dev', ['-static']),
  c('C through setpriv', 'cc', 'gcc and libc6-dev', [], AS_NOBODY),
  c('C with musl', 'musl-gcc', 'musl-tools', []),
  go('Go', '1'),
  go('Go, static', '0'),
]
