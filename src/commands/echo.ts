import { once } from 'node:events'
import { connect } from 'node:net'
import type { CommandLine } from '../options/parse.ts'
import { Refusal } from '../refusal.ts'
import { rounded } from '../report/rounded.ts'
import { stripControl } from '../state/strip-control.ts'

const DEFAULT_MESSAGE = 'Hello network world'

/** A message and its reply; both null where none came. `ms` is from the message to the reply. */
type Exchange = { sent: string; received: string | null; ms: number | null }

type Conversation = { exchanges: Exchange[]; failure: Refusal | null }

/**
 * `echo`: one client, or several at the same time, each of which sends each message and prints each reply; with
 * --json an array of {sent, received, ms}. Returns the exit code.
 */
export async function echo({ words, options }: CommandLine): Promise<number> {
  const messages = words.length > 0 ? words : [DEFAULT_MESSAGE]
  const { host, port, parallel, json } = options
  // All of them come to their end before a failure is told.
  const conversations = await Promise.all(
    Array.from({ length: parallel }, (_, i) => {
      const label = parallel > 1 ? `${i + 1}: ` : ''
      return converse(host, port, messages, (reply) => json || console.log(label + reply))
    }),
  )
  if (json) console.log(JSON.stringify(conversations.flatMap(({ exchanges }) => exchanges)))
  const failure = conversations.find((each) => each.failure)?.failure
  if (failure) throw failure
  return 0
}

async function converse(
  host: string,
  port: number,
  messages: string[],
  told: (reply: string) => void,
): Promise<Conversation> {
  const exchanges: Exchange[] = messages.map((sent) => ({ sent, received: null, ms: null }))
  const socket = connect({ host, port, noDelay: true })
  try {
    await once(socket, 'connect')
    for (const exchange of exchanges) {
      const began = performance.now()
      socket.write(exchange.sent)
      const [reply] = await Promise.race([once(socket, 'data'), once(socket, 'end').then(() => [null])])
      if (reply === null) throw new Refusal(`${host} port ${port} closed the connection without a reply.`)
      exchange.ms = rounded(performance.now() - began)
      exchange.received = stripControl(reply.toString())
      told(exchange.received)
    }
    return { exchanges, failure: null }
  } catch (error) {
    const failure = error instanceof Refusal ? error : new Refusal(explain(error as Error, host, port))
    return { exchanges, failure }
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
