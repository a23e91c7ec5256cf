import { Refusal } from '../refusal.ts'
import { whyTooMany } from './too-many.ts'

/** Throws a Refusal when this process may not have as many connections, before anything starts. */
export function checkClients(clients: number): void {
  const why = whyTooMany(clients)
  if (why) throw new Refusal(why)
}
