import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { planFor } from '../../src/load/plan.ts'
import { findServers, parseServerName } from '../../src/observe/find-server.ts'
import { readListeners } from '../../src/observe/read-listeners.ts'
import { defaults } from '../../src/options/table.ts'
import { balanceOf } from '../../src/select/balance.ts'
import { treeOf } from '../../src/select/tree.ts'
import { LiveSession } from '../../src/session/live-session.ts'
import { attachTarget } from '../../src/session/target.ts'
import type { State } from '../../src/state/state.ts'
import { endProgram, launchProgram } from '../support/start-program.ts'
import { until } from '../support/until.ts'
import { expectProcesses, isComplete, lasting, type Told } from './expect-processes.ts'
import { needsServer } from './installed.ts'
import { newPlace } from './place.ts'
import { rows } from './rows/index.ts'

const CLIENTS = 10
/** Of each thing that is waited for, in milliseconds of a quick machine. */
const LIMIT = 5000

/** The processes that live, as the screen tells of them. */
function living(state: State): (Told & { pid: number })[] {
  return treeOf(state)
    .filter(({ process }) => !process.exited)
    .map(({ process, role }) => ({ pid: process.pid, role, name: process.title || process.name }))
}

function load({ state, commands }: LiveSession, row: (typeof rows)[number], port: number): Promise<void> {
  const { clients = CLIENTS, connections = 30, service } = row
  const options = { ...defaults, clients, connections, service }
  const [listener] = state.listeners
  return commands.startLoad(planFor(options, listener!.address, port), 0)
}

test.for(rows)(
  '$name, which runs already: from then on every connection is accepted once, and it goes on',
  async (row, { skip }) => {
    skip(process.getuid!() !== 0, 'only root sees accepts of a server that it did not start')
    needsServer(row, skip)
    const place = await newPlace()
    // Apache, when it ends, signals its whole process group: that must not be ours.
    const program = launchProgram('setsid', row.command(place))
    try {
      await until(() => readListeners().some(({ port }) => port === place.port), `a listener of ${row.name}`)
      const session = new LiveSession()
      const [found] = findServers(parseServerName(`:${place.port}`))
      expect(found).toMatchObject({ root: program.pid })
      await session.commands.start(attachTarget(found!))
      const look = () => living(session.state)
      await until(() => isComplete(row, look()), 'all its processes', LIMIT)
      await load(session, row, place.port)
      expect(balanceOf(session.state)).toMatchObject({ verdict: 'balanced', missing: 0 })
      expectProcesses(
        row,
        treeOf(session.state).map(({ process, role }) => ({ role, name: process.title || process.name })),
      )

      if (row.reload) {
        const before = look().map(({ pid }) => pid)
        session.commands.signal(program.pid, row.reload)
        const isRenewed = () => look().every(({ pid }) => pid === program.pid || !before.includes(pid))
        await until(() => isRenewed() && isComplete(row, look()), 'children of a new generation', LIMIT)
        await load(session, row, place.port)
        expect(balanceOf(session.state)).toMatchObject({ verdict: 'balanced', missing: 0 })
      }

      const pids = lasting(row, look()).map(({ pid }) => pid)
      await session.commands.stop()
      for (const pid of pids) expect(existsSync(`/proc/${pid}`)).toBe(true)
      // As a service manager does: not every server ends its children.
      process.kill(-program.pid, 'SIGTERM')
      await until(() => pids.every((pid) => !existsSync(`/proc/${pid}`)), `the end of ${row.name}`, LIMIT)
    } finally {
      await endProgram(program)
    }
  },
)
