import { interleave, medianRatio } from '../measure/interleave.ts'
import { median } from '../measure/median.ts'
import { ratioRow } from '../measure/row.ts'
import { progress } from '../print/progress.ts'
import { perSecond } from '../print/units.ts'
import { CLIENTS, runCClient } from '../processes/c-client.ts'
import { cServer } from '../processes/commands.ts'
import { runOurLoad } from '../processes/our-load.ts'
import { startServer } from '../processes/server.ts'
import type { Section } from './section.ts'

const PAIRS = 9
const BAR = { least: 0.7 }
const RUN_SECONDS = 1.5

/** Our load engine and the C client, both against the C server that preforks. */
export const load: Section = {
  name: 'load',
  title: `Load: our engine / the C client with ${CLIENTS} processes, connections per second, ${PAIRS} interleaved rounds`,
  async *measure() {
    progress('load')
    const server = await startServer(await cServer('prefork'))
    try {
      const { rate } = await runCClient(server.port, 200)
      const connections = Math.round((rate * RUN_SECONDS) / CLIENTS)
      const { ours, c } = await interleave(PAIRS, {
        ours: async () => (await runOurLoad(server.port, connections)).rate,
        c: async () => (await runCClient(server.port, connections)).rate,
      })
      yield ratioRow('load engine', perSecond(median(ours)), perSecond(median(c)), medianRatio(ours, c), BAR)
    } finally {
      await server.stop()
    }
  },
}
