import type { Connection } from './connection.ts'

/**
 * What a service waits for next. A model that blocks passes over `readable` and `writable`, since its calls wait
 * by themselves; a model with an event loop goes on with the service when it has come true.
 */
export type Wait = 'readable' | 'writable' | { milliseconds: number }

/** What is done for one client. It ends when the service returns; a service that throws ends its connection. */
export type Service = (connection: Connection) => Generator<Wait, void>
