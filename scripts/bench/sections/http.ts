import { workersFor } from '../../../src/load/workers-for.ts'
import { interleave, medianRatio } from '../measure/interleave.ts'
import { median } from '../measure/median.ts'
import { type Bar, type Row, ratioRow } from '../measure/row.ts'
import { progress } from '../print/progress.ts'
import { perSecond } from '../print/units.ts'
import { runAb, runWrk } from '../processes/http-clients.ts'
import { startNginx } from '../processes/nginx.ts'
import { runOurHttpLoad } from '../processes/our-load.ts'
import type { Section } from './section.ts'

const ROUNDS = 9
const SECONDS = 2
const CLIENTS = 64
/** More than anybody makes on a connection in that time. */
const FOR_EVER = 1_000_000

/** Our load in HTTP, wrk and ab, all against one nginx that nobody watches. */
export const http: Section = {
  name: 'http',
  title: `HTTP: our load / wrk and ab on nginx with ${CLIENTS} connections, requests per second, ${ROUNDS} interleaved rounds`,
  async *measure() {
    progress('http')
    const { port, stop } = await startNginx()
    const amounts = { clients: CLIENTS, seconds: SECONDS }
    const threads = workersFor(CLIENTS)
    try {
      const staying = await interleave(ROUNDS, {
        ours: () => runOurHttpLoad(port, { ...amounts, requests: FOR_EVER }),
        wrk: () => runWrk(port, { ...amounts, threads }),
        ab: () => runAb(port, { ...amounts, staysOpen: true }),
      })
      yield row('keep-alive / wrk', staying.ours, staying.wrk, { least: 0.9 })
      yield row('keep-alive / ab -k', staying.ours, staying.ab, { least: 0.8 })
      const closing = await interleave(ROUNDS, {
        ours: () => runOurHttpLoad(port, { ...amounts, requests: 1 }),
        ab: () => runAb(port, { ...amounts, staysOpen: false }),
      })
      yield row('one connection a request / ab', closing.ours, closing.ab, { least: 1 })
    } finally {
      await stop()
    }
  },
}

function row(name: string, ours: number[], other: number[], bar: Bar): Row {
  return ratioRow(name, perSecond(median(ours)), perSecond(median(other)), medianRatio(ours, other), bar)
}
