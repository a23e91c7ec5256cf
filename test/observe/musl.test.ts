import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compile, temporaryFolder } from '../support/compile.ts'
import { root } from '../support/root.ts'
import { startProgram } from '../support/start-program.ts'
import { observe } from './observe-program.ts'

/** From Debian's musl-tools; without it there is nothing to try. */
const MUSL = 'musl-gcc'
const isThere = spawnSync(MUSL, ['--version']).status === 0

const PROGRAM = `
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  if (fork() == 0) _exit(3);
  int status;
  wait(&status);
  exit(WEXITSTATUS(status) + 1);
}`

test.skipIf(!isThere)('a program of musl runs with the probe that glibc loads, and is seen', async () => {
  const { pid, code, events } = await observe(compile(PROGRAM, [], MUSL))
  expect(code).toBe(4)
  expect(events.map(({ type }) => type)).toEqual(['probed', 'forked', 'exited', 'reaped', 'exited'])
  expect(events.at(-1)).toMatchObject({ pid, code: 4 })
})

test.skipIf(!isThere)('the probe builds with musl, and its programs run with it', async () => {
  const probe = join(temporaryFolder(), 'probe.so')
  const folder = join(root, 'src/observe/probe')
  const sources = readdirSync(folder).filter((name) => name.endsWith('.c'))
  const flags = ['-std=gnu11', '-Wall', '-Wextra', '-Werror', '-fvisibility=hidden', '-fPIC', '-shared']
  const { status, stderr } = spawnSync(MUSL, [...flags, '-o', probe, ...sources], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([0, ''])
  const program = startProgram(compile(PROGRAM, [], MUSL), [], { LD_PRELOAD: probe })
  expect(await program.ended).toBe(4)
})
