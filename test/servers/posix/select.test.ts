import { describe, expect, test } from 'vitest'
import { close, FD_SETSIZE, FdSet, pipe, select, write } from '../../../servers/posix/index.ts'

function setOf(...fds: number[]): FdSet {
  const set = new FdSet()
  for (const fd of fds) set.add(fd)
  return set
}

describe('a set', () => {
  test('holds what was added and not removed, and nothing after it was cleared', () => {
    const set = setOf(0, 31, 32, FD_SETSIZE - 1)
    set.delete(32)
    expect([0, 1, 31, 32, 33, FD_SETSIZE - 1].map((fd) => set.has(fd))).toEqual([
      true,
      false,
      true,
      false,
      false,
      true,
    ])
    set.clear()
    expect(set.bits.every((word) => word === 0)).toBe(true)
  })

  test('refuses a descriptor that does not fit, instead of losing it', () => {
    expect(() => setOf(FD_SETSIZE)).toThrow()
  })
})

describe('select', () => {
  test('leaves what is ready in the sets, and says how many', () => {
    const [one, two] = [pipe(), pipe()]
    write(one[1], new Uint8Array(1))
    const readers = setOf(one[0], two[0])
    const writers = setOf(one[1], two[1])
    expect(select(Math.max(...one, ...two) + 1, readers, writers)).toBe(3)
    expect([readers.has(one[0]), readers.has(two[0])]).toEqual([true, false])
    expect([writers.has(one[1]), writers.has(two[1])]).toEqual([true, true])
    for (const fd of [...one, ...two]) close(fd)
  })

  test('returns 0 when the time is over, and not before', () => {
    const [readEnd, writeEnd] = pipe()
    const from = performance.now()
    expect(select(readEnd + 1, setOf(readEnd), null, 50)).toBe(0)
    expect(performance.now() - from).toBeGreaterThanOrEqual(49)
    expect(select(readEnd + 1, setOf(readEnd), null, 0)).toBe(0)
    for (const fd of [readEnd, writeEnd]) close(fd)
  })

  test('looks only at descriptors below its limit', () => {
    const [readEnd, writeEnd] = pipe()
    write(writeEnd, new Uint8Array(1))
    expect(select(readEnd, setOf(readEnd), null, 0)).toBe(0)
    for (const fd of [readEnd, writeEnd]) close(fd)
  })

  test('refuses a limit beyond its set: the kernel would write over what lies behind it', () => {
    expect(() => select(FD_SETSIZE + 1, new FdSet(), null, 0)).toThrow()
  })

  test('fails for a descriptor that is not open', () => {
    const [readEnd, writeEnd] = pipe()
    for (const fd of [readEnd, writeEnd]) close(fd)
    expect(() => select(writeEnd + 1, setOf(writeEnd), null, 0)).toThrow('select: EBADF')
  })
})
