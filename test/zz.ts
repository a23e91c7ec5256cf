import { LiveSession } from '../src/session/live-session.ts'
import { commandTarget } from '../src/session/target.ts'

const s = new LiveSession()
s.events.subscribe((b) => {
  for (const e of b)
    if (
      ![
        'tick',
        'sampled',
        'sockets',
        'listening',
        'counted',
        'probe-read',
        'clock',
        'source',
        'output',
      ].includes(e.type)
    )
      console.log(JSON.stringify(e))
  console.log('---', s.state.forked, s.state.reaped, s.state.server.pid)
})
await s.commands.start(
  commandTarget(process.argv.slice(2), { host: '127.0.0.1', port: null, isAnyAnswer: true }, { grace: 1 }),
)
await new Promise((r) => setTimeout(r, 1500))
await s.commands.stop()
