import { checkLoad } from '../load/check-load.ts'
import { planFor } from '../load/plan.ts'
import { startLoad } from '../load/start-load.ts'
import type { CommandLine } from '../options/parse.ts'
import { UsageError } from '../options/usage-error.ts'
import { loadLine, loadProgress } from '../report/load-text.ts'
import { isLoadComplete } from '../select/load.ts'
import type { LoadEvent } from '../state/event.ts'
import { reduce } from '../state/reduce.ts'
import { initialState } from '../state/state.ts'

const REPORT_INTERVAL = 100

/** `client`: the load alone. Returns the exit code: 0 when every connection succeeded. */
export async function client(commandLine: CommandLine): Promise<number> {
  const { words, options } = commandLine
  if (words.length > 0) throw new UsageError(`client takes no "${words[0]}", only options such as -c and -t.`)
  checkLoad(commandLine, { isAnyAnswer: false })
  const { host, port, delay } = options
  let state = initialState
  const showProgress = loadProgress(process.stderr)
  const load = startLoad(planFor(options, host, port), delay, (event: LoadEvent) => {
    state = reduce(state, [event])
    showProgress(state)
  })
  const timer = setInterval(() => load.report(), REPORT_INTERVAL)
  const stop = () => void load.stop()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  await load.done
  clearInterval(timer)
  console.log(loadLine(state))
  return isLoadComplete(state.load) ? 0 : 1
}
