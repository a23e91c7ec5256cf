import { expect, test } from 'vitest'
import { forkingProgram } from '../../support/run-forking.ts'

const program = forkingProgram('test/servers/posix/programs/processes.ts')

test('a forked child has a pid of its own and knows its parent', async () => {
  expect(await program('family')).toEqual({ isOwn: true, isOurs: true, node: true })
})

test('the exit code that a child leaves with is the one its parent gets', async () => {
  expect(await program('codes')).toEqual([0, 1, 7, 255])
})

test('a child that a signal ended has that signal, and no exit code', async () => {
  expect(await program('signals')).toEqual([
    [true, null, 'SIGKILL'],
    [true, null, 'SIGTERM'],
    [true, null, 'SIGHUP'],
    [true, null, 'SIGALRM'],
  ])
})

test('waiting without hanging finds nobody while all live', async () => {
  expect(await program('noneEnded')).toEqual([null, 1])
})

test('waiting without children finds nobody', async () => {
  expect(await program('noChildren')).toEqual([null, null, null])
})

test('waiting for any child finds each, once', async () => {
  expect(await program('any')).toEqual({ all: true, codes: [3, 4, 5], after: null })
})

test('a process that was reaped cannot be sent a signal', async () => {
  expect(await program('noSuchProcess')).toBe(true)
})

test('children allocate and collect garbage, however much the heap grew before the fork', async () => {
  expect(await program('heapInChildren')).toEqual(Array(8).fill(0))
})

test('whatever V8 keeps from children is inherited at every fork, wherever it lies', async () => {
  expect(await program('inherited')).toEqual([true, true, 0])
})

test('children may fork in their turn', async () => {
  expect(await program('deep')).toBe(10)
})

test('three hundred children run JavaScript and end, every one', async () => {
  expect(await program('many')).toBe(300)
})
