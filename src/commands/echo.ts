import { once } from 'node:events'
import { connect } from 'node:net'
import type { CommandLine } from '../options/parse.ts'
import { Refusal } from '../refusal.ts'
import { stripControl } from '../state/strip-control.ts'

const DEFAULT_MESSAGE = 'Hello network world'

/**
 * `echo`: one client, or several at the same time, each of which sends each message and prints each reply. Returns
 * the exit code.
 */
export async function echo({ words, options }: CommandLine): Promise<number> {
  const messages = words.length > 0 ? words : [DEFAULT_MESSAGE]
  const { host, port, parallel } = options
  const clients = Array.from({ length: parallel }, (_, i) =>
    converse(host, port, messages, parallel > 1 ? `${i + 1}: ` : ''),
  )
  // All of them come to their end before a failure is told.
  const failure = (await Promise.allSettled(clients)).find((each) => each.status === 'rejected')
  if (failure) throw failure.reason
  return 0
}

async function converse(host: string, port: number, messages: string[], label: string): Promise<void> {
  const socket = connect({ host, port, noDelay: true })
  try {
    await once(socket, 'connect')
    for (const message of messages) {
      socket.write(message)
      const [reply] = await Promise.race([once(socket, 'data'), once(socket, 'end').then(() => [null])])
      if (reply === null) throw new Refusal(`${host} port ${port} closed the connection without a reply.`)
      console.log(label + stripControl(reply.toString()))
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(explain(error as Error, host, port))
  } finally {
    socket.destroy()
  }
}

function explain({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'ECONNREFUSED')
    return `Nothing listens on ${host} port ${port}: start a server, or choose another with -i and -p.`
  if (code === 'ECONNRESET') return `${host} port ${port} reset the connection.`
  return `No connection to ${host} port ${port}: ${message}`
}
