import { closeSync, openSync } from 'node:fs'
import { mapShared } from '../../servers/posix/descriptor.ts'
import {
  CONNECTION,
  CONNECTION_COUNT,
  CONNECTION_OFFSET,
  CONNECTION_SIZE,
  FILE_SIZE,
  PROBES,
  SLOT,
  SLOT_OFFSET,
  SLOT_SIZE,
} from './layout.ts'

const AF_INET = 2
const AF_INET6 = 10
/** Of `control`: which slot has the turn. Source: probe/connection.h. */
const OWNER_SHIFT = 4
const SLOT_MASK = 2 ** 14 - 1

/** A connection that the server accepted: when, by which thread, and which process has its turn now, if one has. */
export type LedgerEntry = { acceptedAt: number; pid: number; tid: number; servedBy: number | null }

/** The ledger that the probe writes of the connections that the server accepts. */
export class Ledger {
  readonly #words: Uint32Array

  /** `path` leads to the probe's file. Throws when it cannot be mapped. */
  constructor(path: string) {
    const fd = openSync(path, 'r+')
    try {
      this.#words = new Uint32Array(mapShared(fd, FILE_SIZE))
    } finally {
      closeSync(fd)
    }
  }

  /**
   * When the connection from that address was accepted by the listener with that port, in nanoseconds of CLOCK_MONOTONIC;
   * 0 when it is not known. The address is a sockaddr_in or sockaddr_in6.
   */
  acceptedAt(client: Uint8Array, listenerPort: number): number {
    const at = this.#find(client, listenerPort)
    return at < 0 ? 0 : this.#long(at + CONNECTION.accepted)
  }

  /** All that is known of that connection; null when nothing is. */
  look(client: Uint8Array, listenerPort: number): LedgerEntry | null {
    const at = this.#find(client, listenerPort)
    if (at < 0) return null
    const slot = (this.#word(at + CONNECTION.control) >>> OWNER_SHIFT) & SLOT_MASK
    return {
      acceptedAt: this.#long(at + CONNECTION.accepted) / 1e6,
      pid: this.#word(at + CONNECTION.pid),
      tid: this.#word(at + CONNECTION.tid),
      servedBy: slot === 0 ? null : this.#word(SLOT_OFFSET + slot * SLOT_SIZE + SLOT.pid) & 0x7fffffff,
    }
  }

  /** Where its entry begins; -1 when there is none. As look_up in probe/ledger.c. */
  #find(client: Uint8Array, listenerPort: number): number {
    const low = foldedAddress(client)
    const high = ((listenerPort << 16) | (client[2]! << 8) | client[3]!) >>> 0
    const home = (low ^ (low >>> 16) ^ high ^ (high >>> 16)) & 0xffff
    for (let i = 0; i < PROBES; i++) {
      const at = CONNECTION_OFFSET + ((home + i) % CONNECTION_COUNT) * CONNECTION_SIZE
      const [foundLow, foundHigh] = [this.#word(at + CONNECTION.key), this.#word(at + CONNECTION.key + 4)]
      if (foundLow === low && foundHigh === high) return at
      if (foundLow === 0 && foundHigh === 0) return -1
    }
    return -1
  }

  #word(at: number): number {
    return this.#words[at / 4]!
  }

  #long(at: number): number {
    return this.#word(at) + this.#word(at + 4) * 2 ** 32
  }
}

/** An address in 32 bits: IPv4 as it is, also when it is mapped into IPv6. */
function foldedAddress(address: Uint8Array): number {
  const family = address[0]! | address[1]!
  if (family === AF_INET) return wordAt(address, 4)
  if (family !== AF_INET6) return 0
  const words = [wordAt(address, 8), wordAt(address, 12), wordAt(address, 16), wordAt(address, 20)]
  const isMapped = words[0] === 0 && words[1] === 0 && words[2] === 0xffff0000
  return isMapped ? words[3]! : words.reduce((folded, word) => (folded ^ word) >>> 0, 0)
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}
