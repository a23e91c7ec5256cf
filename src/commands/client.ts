import { onInterrupt } from '../interrupt.ts'
import { checkClients } from '../load/check-load.ts'
import { planFor } from '../load/plan.ts'
import { startLoad } from '../load/start-load.ts'
import type { CommandLine } from '../options/parse.ts'
import { loadReport } from '../report/load-json.ts'
import { loadLine, loadProgress } from '../report/load-text.ts'
import { isLoadComplete } from '../select/load.ts'
import type { LoadEvent } from '../state/event.ts'
import { reduce } from '../state/reduce.ts'
import { initialState } from '../state/state.ts'

const REPORT_INTERVAL = 100

/** `client`: the load alone. Returns the exit code: 0 when every connection succeeded. */
export async function client({ options }: CommandLine): Promise<number> {
  const { host, port, delay, json } = options
  checkClients(options.clients)
  let state = initialState
  const showProgress = json ? () => {} : loadProgress(process.stderr)
  const load = startLoad(planFor(options, host, port), delay, (event: LoadEvent) => {
    state = reduce(state, [event])
    showProgress(state)
  })
  const timer = setInterval(() => load.report(), REPORT_INTERVAL)
  const interruption = onInterrupt(() => void load.stop())
  await load.done
  clearInterval(timer)
  console.log(json ? JSON.stringify(loadReport(state)) : loadLine(state))
  if (interruption.exitCode !== null) return interruption.exitCode
  return isLoadComplete(state.load) ? 0 : 1
}
