/** The probe's file, as probe/layout.h has it; test/observe/layout.test.ts holds the two together. */

export const MAGIC = 0x65626f7270736363n
export const VERSION = 3

export const HEAD_OFFSET = 128
export const SLOTS_USED_OFFSET = 256
export const UNFOLLOWED_OFFSET = 272

export const SLOT_OFFSET = 4096
export const SLOT_SIZE = 128
export const SLOT_COUNT = 16384

export const EVENT_OFFSET = SLOT_OFFSET + SLOT_SIZE * SLOT_COUNT
export const EVENT_SIZE = 48
export const EVENT_COUNT = 65536

export const CONNECTION_OFFSET = EVENT_OFFSET + EVENT_SIZE * EVENT_COUNT
export const CONNECTION_SIZE = 32
export const CONNECTION_COUNT = 65536

export const FILE_SIZE = CONNECTION_OFFSET + CONNECTION_SIZE * CONNECTION_COUNT

/** Offsets within a slot. */
export const SLOT = {
  pid: 0,
  tid: 4,
  born: 8,
  image: 16,
  accepts: 24,
  received: 32,
  passed: 40,
  wakeups: 48,
  eagain: 56,
  requests: 64,
  bytesIn: 72,
  bytesOut: 80,
  serving: 88,
  waiting: 96,
  activity: 104,
  turns: 112,
  awaited: 116,
  open: 120,
  tenancy: 124,
}

/** In a slot's pid: its thread has ended. */
export const HAS_LEFT = 2 ** 31

/** Offsets within a connection of the ledger, and how many places it may have, from its home on. */
export const CONNECTION = { control: 0, key: 8, accepted: 16, pid: 24, tid: 28 }
export const PROBES = 8

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
  const page = Buffer.alloc(48)
  page.writeBigUInt64LE(MAGIC, 0)
  const slots = [SLOT_OFFSET, SLOT_SIZE, SLOT_COUNT]
  const events = [EVENT_OFFSET, EVENT_SIZE, EVENT_COUNT]
  const fields = [VERSION, ...slots, ...events, CONNECTION_OFFSET, CONNECTION_SIZE, CONNECTION_COUNT]
  for (const [i, field] of fields.entries()) page.writeUInt32LE(field, 8 + 4 * i)
  return page
}
