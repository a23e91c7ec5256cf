/** The probe's file, as probe/layout.h has it; test/observe/layout.test.ts holds the two together. */

export const MAGIC = 0x65626f7270736363n
export const VERSION = 3

export const HEAD_OFFSET = 128
export const SLOTS_USED_OFFSET = 256

export const SLOT_OFFSET = 4096
export const SLOT_SIZE = 64
export const SLOT_COUNT = 16384

export const EVENT_OFFSET = SLOT_OFFSET + SLOT_SIZE * SLOT_COUNT
export const EVENT_SIZE = 48
export const EVENT_COUNT = 65536

export const FILE_SIZE = EVENT_OFFSET + EVENT_SIZE * EVENT_COUNT

/** Offsets within a slot. */
export const SLOT = {
  pid: 0,
  tid: 4,
  born: 8,
  accepts: 16,
  received: 24,
  passed: 32,
  wakeups: 40,
  eagain: 48,
}

/** Offsets within an event. */
export const EVENT = { sequence: 0, time: 8, pid: 16, kind: 20, a: 24, b: 32, c: 40 }

export const KIND = {
  forked: 1,
  forkFailed: 2,
  probed: 3,
  exited: 4,
  reaped: 5,
  signalSent: 6,
  signalHandled: 7,
  resetArmed: 8,
  named: 9,
}

/** The first page of a new file: the probe refuses a file whose header differs from its own idea. */
export function header(): Buffer {
  const page = Buffer.alloc(40)
  page.writeBigUInt64LE(MAGIC, 0)
  const fields = [VERSION, SLOT_OFFSET, SLOT_SIZE, SLOT_COUNT, EVENT_OFFSET, EVENT_SIZE, EVENT_COUNT]
  for (const [i, field] of fields.entries()) page.writeUInt32LE(field, 8 + 4 * i)
  return page
}
