import { expect, test } from 'vitest'
import { findModel } from '../../servers/catalog.ts'
import { planFor } from '../../src/load/plan.ts'
import { defaults, type Options } from '../../src/options/table.ts'
import { runReport } from '../../src/report/run-json.ts'
import { balanceOf } from '../../src/select/balance.ts'
import { loadListener, reachable } from '../../src/select/listening.ts'
import { LiveSession } from '../../src/session/live-session.ts'
import { modelTarget } from '../../src/session/target.ts'
import { until } from '../../src/session/until.ts'
import { shownTarget } from '../../src/ui/control/shown-target.ts'
import { entryOf } from '../../src/ui/entries.ts'
import { balance } from '../../src/ui/panes/balance.ts'
import { clientPane } from '../../src/ui/panes/client-pane.ts'
import type { Pane } from '../../src/ui/panes/pane.ts'
import { processPane } from '../../src/ui/panes/process-pane.ts'
import { sceneOf } from '../../src/ui/scene.ts'
import { initialView } from '../../src/ui/view.ts'
import { limit } from '../support/calibration.ts'
import { freePort } from '../support/free-port.ts'
import type { Report } from '../support/run-json.ts'

const plain = (lines: readonly string[]) => lines.join('\n').replace(/\x1b\[[\d;]*m/g, '')
const number = (text: string) => Number(text.replaceAll(',', ''))

test.each(['prefork', 'select', 'prefork-fd'])(
  'the screen and run --json tell the same of one run of %s',
  async (name) => {
    const session = new LiveSession()
    const options: Options = { ...defaults, children: 4, port: await freePort(), clients: 5, connections: 60 }
    try {
      const target = modelTarget(findModel(name)!, options)
      await session.commands.start(target)
      await until(session, (state) => loadListener(state, target.port) !== undefined, limit(10_000))
      const listener = loadListener(session.state, target.port)!
      await session.commands.startLoad(planFor(options, reachable(listener), listener.port), 0)
      await until(session, (state) => balanceOf(state).missing === 0, limit(5_000))

      const { state } = session
      const report = runReport(state, {}) as Report
      const view = initialView({
        target: shownTarget(target, options),
        model: entryOf(name),
        load: options,
      })
      const size = { width: 150, height: 30 }
      const drawn = (pane: Pane) => plain(pane.draw(sceneOf(state, view, size), { x: 0, y: 0, ...size }))
      const tree = drawn(processPane)
      const rows = [...tree.matchAll(/│ +(\d+) [├└ ]*(?:server|parent|child \d+)\S* +([\d,]+) /g)]
      const listed = rows.map(([, pid, count]) => [Number(pid), number(count!)])
      // The screen shows in one column what a process accepted, or else received.
      const reported = report.processes.map(({ pid, accepts, received }) => [pid, accepts || received])
      expect(listed).toEqual(reported)
      expect(number(/([\d,]+) accepts ─/.exec(tree)![1]!)).toBe(300)

      const client = drawn(clientPane)
      expect(client).toContain(`${report.load.succeeded} / ${report.load.connections}`)
      // To a hundredth of a second on the screen, to a thousandth in the report.
      const shown = Number(/in ([\d.]+) s/.exec(client)![1])
      expect(Math.abs(shown - report.load.seconds)).toBeLessThanOrEqual(0.0056)
      expect(number(/([\d,]+) connections\/s/.exec(client)![1]!)).toBe(Math.round(report.load.rate))
      const { connects, accepts, queued, refused } = report.balance
      expect(drawn(balance)).toContain(
        `connects ${connects} = accepted ${accepts} + queued ${queued} + refused ${refused}   balanced ✓`,
      )
    } finally {
      await session.commands.stop()
    }
  },
)
