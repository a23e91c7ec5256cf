import { closeSync, openSync, writeSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Corrupt } from '../../src/observe/corrupt.ts'
import {
  EVENT_OFFSET,
  FILE_SIZE,
  HEAD_OFFSET,
  SLOT_OFFSET,
  SLOTS_USED_OFFSET,
} from '../../src/observe/layout.ts'
import { Observer } from '../../src/observe/observer.ts'
import { createProbeFile, type ProbeFile } from '../../src/observe/probe-file.ts'
import { reduce } from '../../src/state/reduce.ts'
import { initialState } from '../../src/state/state.ts'
import { randomNumbers } from '../support/random-numbers.ts'

const CASES = 10_000
/** Each file is written over several times, as by a server that goes on. */
const WRITES = 20

const observe = (probe: ProbeFile) =>
  new Observer({
    probe,
    root: process.pid,
    includesRoot: false,
    attention: { processes: Number.POSITIVE_INFINITY, threads: false, sockets: false },
    manualConnections: () => [],
  })

/** Numbers at which things turn: nothing, one, signs, the ends of the integers that are exact, of 32 and of 64 bits. */
const EXTREMES = [0n, 1n, 7n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]

/** Somewhere in the file, mostly where the reader looks first. */
function place(random: () => number): number {
  const near = [
    HEAD_OFFSET,
    SLOTS_USED_OFFSET,
    SLOT_OFFSET,
    SLOT_OFFSET + 64,
    EVENT_OFFSET,
    EVENT_OFFSET + 48,
  ]
  const from = near[Math.floor(random() * near.length)]!
  return random() < 0.1 ? Math.floor(random() * (FILE_SIZE - 8)) : from + 4 * Math.floor(random() * 16)
}

function bytes(random: () => number): Buffer {
  const value = Buffer.alloc(8)
  const extreme = EXTREMES[Math.floor(random() * EXTREMES.length)]!
  if (random() < 0.5) value.writeBigUInt64LE(extreme)
  else for (let i = 0; i < 8; i++) value[i] = Math.floor(random() * 256)
  // Torn: only a part of it is there.
  return value.subarray(0, random() < 0.3 ? 1 + Math.floor(random() * 7) : 8)
}

test('whatever a server writes into the shared file, reading it ends, and at worst says that it is corrupt', () => {
  const random = randomNumbers(20_261_124)
  let corrupt = 0
  for (let i = 0; i < CASES / WRITES; i++) {
    const probe = createProbeFile()
    try {
      const observer = observe(probe)
      let state = initialState
      for (let j = 0; j < WRITES; j++) {
        writeSync(probe.fd, bytes(random), 0, undefined, place(random))
        state = reduce(state, [...observer.readCounts(), ...observer.look()])
      }
      if (state.sources.probe) corrupt++
      expect(state.sources.probe ?? null).toSatisfy(
        (failure) => failure === null || /^The server wrote into the file/.test(failure),
      )
      expect(state.totals.accepts).toBeLessThanOrEqual(2 ** 48)
      expect(state.processes.size).toBeLessThan(2000)
    } finally {
      probe.close()
    }
  }
  expect(corrupt).toBeGreaterThan(0)
})

test('a file that is all ones, or all zeros after it was used, is said to be corrupt', () => {
  const probe = createProbeFile()
  const observer = observe(probe)
  const file = openSync(`/proc/self/fd/${probe.fd}`, 'r+')
  writeSync(file, Buffer.alloc(8, 3), 0, 8, HEAD_OFFSET + 128)
  writeSync(file, Buffer.alloc(FILE_SIZE, 0xff), 0, undefined, 0)
  const state = reduce(initialState, [...observer.readCounts(), ...observer.look()])
  closeSync(file)
  probe.close()
  expect(state.sources.probe).toMatch(/leapt/)
  expect(new Corrupt('x').message).toMatch(/\.$/)
})
