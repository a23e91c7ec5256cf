import { expect, test } from 'vitest'
import { parseSignalMask } from '../../../src/observe/signal-mask.ts'

const status = `Name:\tnode
SigQ:\t0/15396
SigPnd:\t0000000000000000
SigBlk:\t0000000000000000
SigIgn:\t0000000000001000
SigCgt:\t0000000108014602
CapInh:\t0000000000000000`

test('the signals that a process catches and ignores are named', () => {
  expect(parseSignalMask(status, 'SigIgn')).toEqual(['SIGPIPE'])
  expect(parseSignalMask(status, 'SigCgt')).toEqual([
    'SIGINT',
    'SIGUSR1',
    'SIGSEGV',
    'SIGTERM',
    'SIGCHLD',
    'SIGWINCH',
  ])
})

test('no signal is none', () => {
  expect(parseSignalMask(status, 'SigBlk')).toEqual([])
})

test('a status that cannot be read names none', () => {
  expect(parseSignalMask('', 'SigCgt')).toEqual([])
})

test('all of them are the 31 of the standard', () => {
  const all = parseSignalMask('SigCgt:\tffffffffffffffff', 'SigCgt')
  expect(all).toHaveLength(31)
  expect(new Set(all).size).toBe(31)
})
