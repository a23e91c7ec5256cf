import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { describeEnding, endingOf } from '../../src/supervise/ending.ts'

test('a wait status is a code or a signal', () => {
  expect(endingOf(0)).toEqual({ code: 0 })
  for (let code = 0; code < 256; code++) expect(endingOf(code << 8)).toEqual({ code })
  expect(endingOf(9)).toEqual({ signal: 'SIGKILL' })
  expect(endingOf(11 | 0x80)).toEqual({ signal: 'SIGSEGV', core: true })
})

test('a signal with two names has the usual one', () => {
  expect([6, 29, 17].map(endingOf)).toEqual([
    { signal: 'SIGABRT' },
    { signal: 'SIGIO' },
    { signal: 'SIGCHLD' },
  ])
})

test('every signal is named as the shell names it', () => {
  const names = spawnSync('bash', ['-c', 'for i in $(seq 1 31) 34 35 49; do kill -l $i; done'], {
    encoding: 'utf8',
  })
  const ours = [...Array(31).keys()].map((i) => i + 1).concat(34, 35, 49)
  expect(ours.map(endingOf)).toEqual(
    names.stdout
      .trim()
      .split('\n')
      .map((name) => ({ signal: `SIG${name}` })),
  )
})

test('an ending is told in words', () => {
  expect(describeEnding({ code: 3 })).toBe('exit code 3')
  expect(describeEnding({ signal: 'SIGKILL' })).toBe('ended by SIGKILL')
  expect(describeEnding({ signal: 'SIGSEGV', core: true })).toBe('ended by SIGSEGV (core dumped)')
})
