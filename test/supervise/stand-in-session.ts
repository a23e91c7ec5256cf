// Stands in for the screen: starts a server in a session, prints what is told of it, and waits to be killed.
import { LiveSession } from '../../src/session/live-session.ts'
import { commandTarget } from '../../src/session/target.ts'

const [contain = '', ...command] = process.argv.slice(2)
const session = new LiveSession({ perf: false })
session.events.subscribe((events) => {
  for (const event of events) if (TOLD.has(event.type)) console.log(JSON.stringify(event))
})
const TOLD = new Set(['server-started', 'server-failed', 'server-gone', 'output'])
const address = { host: '127.0.0.1', port: null, isAnyAnswer: true }
await session.commands.start(commandTarget(command, address, { contain: contain === 'contain', grace: 1 }))
