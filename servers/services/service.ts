/**
 * What a service waits for next. A model that blocks passes over `readable` and `writable`, since its calls wait
 * by themselves; a model with an event loop goes on with the service when it has come true.
 */
export type Wait = 'readable' | 'writable' | { milliseconds: number }

/** The wait for so many milliseconds. Throws a RangeError for anything but a finite number from 0. */
export function pause(milliseconds: number): Wait {
  if (milliseconds >= 0 && milliseconds < Infinity) return { milliseconds }
  throw new RangeError(`a service cannot sleep ${milliseconds} milliseconds`)
}

/** A client's connection as a service sees it, the same under every model; each call is made with `yield*`. */
export interface Connection {
  /** Reads once; returns how many bytes came, 0 at the end. Throws when the client has reset the connection. */
  read(into: Uint8Array): Generator<Wait, number>
  /** Writes the first `length` bytes, by default all. Throws when the client is gone. */
  write(data: Uint8Array, length?: number): Generator<Wait, void>
  /** Lets so many milliseconds pass. Throws a RangeError for anything but a number from 0. */
  sleep(milliseconds: number): Generator<Wait, void>
}

/** What is done for one client. It ends when the service returns; a service that throws ends its connection. */
export type Service = (connection: Connection) => Generator<Wait, void>
