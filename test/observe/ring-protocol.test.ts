/**
 * The protocol of the ring, in a model of one place that three writers take in turn, each a lap after the other, while
 * a reader copies it. Every step is one access to the shared memory, and every order of the steps is tried, also that
 * in which a processor makes a writer's words visible, or a copy takes them, in another order than they stand: where
 * note.c has a fence or a release, and between two reads of the reader's, the order is kept. See note.c, read-events.ts.
 */
import { describe, expect, test } from 'vitest'

const WRITERS = 3
const WRITING = 100
/** The words of an event beside its sequence; a good event has its own number in both. */
const WORDS = ['a', 'b'] as const

type Memory = { head: number; sequence: number; a: number; b: number }
type Writer = {
  step: 'claim' | 'look' | 'take' | 'write' | 'done'
  number: number
  seen: number
  left: string
}
type Copy = Partial<Record<'sequence' | 'a' | 'b', number>>
type Reader = { copies: Copy[]; head: number | null }
type State = { memory: Memory; writers: Writer[]; reader: Reader }

type Protocol = {
  /** What a writer that has a number does next: none or one of several states of itself, each with the memory after it. */
  write(writer: Writer, memory: Memory): [Writer, Memory][]
  /** What the reader takes with each copy; of the first it believes no more than the sequence. */
  copies: (keyof Copy)[][]
  isAccepted(reader: Reader, number: number): boolean
}

/** All that is left to be written may be written next; then the number is published. */
function writeWords(writer: Writer, memory: Memory): [Writer, Memory][] {
  if (writer.left === '')
    return [
      [
        { ...writer, step: 'done' },
        { ...memory, sequence: writer.number },
      ],
    ]
  return [...writer.left].map((word) => [
    { ...writer, left: writer.left.replace(word, '') },
    { ...memory, [word]: writer.number },
  ])
}

const ours: Protocol = {
  write(writer, memory) {
    switch (writer.step) {
      case 'claim':
        return [
          [
            { ...writer, step: 'look', number: memory.head + 1 },
            { ...memory, head: memory.head + 1 },
          ],
        ]
      case 'look': {
        const isTaken = memory.sequence >= WRITING || memory.sequence > writer.number
        return [[{ ...writer, step: isTaken ? 'done' : 'take', seen: memory.sequence }, memory]]
      }
      case 'take':
        if (memory.sequence !== writer.seen) return [[{ ...writer, step: 'look' }, memory]]
        return [
          [
            { ...writer, step: 'write' },
            { ...memory, sequence: WRITING + writer.number },
          ],
        ]
      case 'write':
        return writeWords(writer, memory)
      case 'done':
        return []
    }
  },
  copies: [['sequence'], ['sequence', ...WORDS]],
  isAccepted: ({ copies, head }, number) =>
    copies.every(({ sequence }) => sequence === number) && head! <= number,
}

/** Without compare-and-swap: whoever comes writes. */
const withoutTaking: Protocol = {
  ...ours,
  write: (writer, memory) =>
    writer.step === 'look' || writer.step === 'take'
      ? [
          [
            { ...writer, step: 'write' },
            { ...memory, sequence: 0 },
          ],
        ]
      : ours.write(writer, memory),
}

const withOneCopy: Protocol = { ...ours, copies: [['sequence', ...WORDS]] }

const withoutHead: Protocol = {
  ...ours,
  isAccepted: (reader, number) => ours.isAccepted({ ...reader, head: number }, number),
}

/** What the reader may do next: take any word of the copy that it is at, or read the head after the last. */
function read({ copies, head }: Reader, memory: Memory, wanted: Protocol['copies']): Reader[] {
  if (head !== null) return []
  const current = copies.at(-1) ?? {}
  const missing = (wanted[copies.length - 1] ?? []).filter((word) => !(word in current))
  if (missing.length > 0)
    return missing.map((word) => ({ copies: copies.with(-1, { ...current, [word]: memory[word] }), head }))
  if (copies.length < wanted.length) return [{ copies: [...copies, {}], head }]
  return [{ copies, head: memory.head }]
}

/** Every event that a reader of that number believes, in all orders; an event is [a, b]. */
function believed(protocol: Protocol, number: number): Set<string> {
  const events = new Set<string>()
  const writer: Writer = { step: 'claim', number: 0, seen: 0, left: WORDS.join('') }
  const start: State = {
    memory: { head: 0, sequence: 0, a: 0, b: 0 },
    writers: Array.from({ length: WRITERS }, () => writer),
    reader: { copies: [], head: null },
  }
  const known = new Set<string>()
  for (const states = [start]; states.length > 0; ) {
    const state = states.pop()!
    const key = keyOf(state)
    if (known.has(key)) continue
    known.add(key)
    const { memory, writers, reader } = state
    if (reader.head !== null) {
      const { a, b } = reader.copies.at(-1)!
      if (protocol.isAccepted(reader, number)) events.add(`${a} ${b}`)
      continue
    }
    for (const [i, each] of writers.entries())
      for (const [after, changed] of protocol.write(each, memory))
        states.push({ memory: changed, writers: writers.with(i, after), reader })
    for (const after of read(reader, memory, protocol.copies)) states.push({ memory, writers, reader: after })
  }
  return events
}

/** The same for states that differ only in which of the writers is which. */
function keyOf({ memory, writers, reader }: State): string {
  const each = writers.map(({ step, number, seen, left }) => `${step} ${number} ${seen} ${left}`).sort()
  const { head, sequence, a, b } = memory
  const copies = reader.copies.map((copy) => `${copy.sequence} ${copy.a} ${copy.b}`)
  return `${head} ${sequence} ${a} ${b}|${each.join()}|${copies.join()}|${reader.head}`
}

describe.each([1, 2, 3])('whatever three writers do, a reader of event %i', (number) => {
  test('believes it as it was written, and nothing else', () => {
    expect(believed(ours, number)).toEqual(new Set([`${number} ${number}`]))
  })
})

describe('each part of the protocol is needed: without', () => {
  const isTorn = (protocol: Protocol) =>
    [1, 2, 3].some((number) =>
      [...believed(protocol, number)].some((event) => event !== `${number} ${number}`),
    )

  test('taking the place, one that slept for a lap writes into a newer event', () => {
    expect(isTorn(withoutTaking)).toBe(true)
  })

  test('the second copy, words are believed that were taken before the event was complete', () => {
    expect(isTorn(withOneCopy)).toBe(true)
  })

  test('the head, words are believed that a newer writer has put there meanwhile', () => {
    expect(isTorn(withoutHead)).toBe(true)
  })
})

test('a writer that was killed while it wrote leaves a place in which nothing is believed any more', () => {
  const killed: Protocol = {
    ...ours,
    write: (writer, memory) =>
      writer.step === 'write' && writer.number === 1 && writer.left.length === 1
        ? [[{ ...writer, step: 'done' }, memory]]
        : ours.write(writer, memory),
  }
  expect(believed(killed, 1)).toEqual(new Set())
  // A later one may come first, and is believed then.
  expect([...believed(killed, 2)]).toEqual(['2 2'])
})
