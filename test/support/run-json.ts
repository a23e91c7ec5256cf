import type { ClientsReport } from '../../src/report/load-json.ts'
import type { runReport } from '../../src/report/run-json.ts'
import { type Finished, runCli } from './run-cli.ts'

/** The report of a run with clients of ours. */
export type Report = Omit<ReturnType<typeof runReport>, 'load'> & { load: ClientsReport }

/** What `run … --json` printed. Standard output must hold nothing else. */
export function reportOf({ stdout, stderr }: Finished): Report {
  try {
    return JSON.parse(stdout)
  } catch {
    throw new Error(
      `no JSON object: ${JSON.stringify(stdout.slice(0, 500))}, and on standard error: ${stderr}`,
    )
  }
}

/** `run` with --json: the report and the exit code. The port has to be given before a `--`. */
export async function runJson(...args: string[]): Promise<Report & { code: number | null }> {
  const dashes = args.includes('--') ? args.indexOf('--') : args.length
  const finished = await runCli('run', ...args.slice(0, dashes), '--json', ...args.slice(dashes))
  return { ...reportOf(finished), code: finished.code }
}
