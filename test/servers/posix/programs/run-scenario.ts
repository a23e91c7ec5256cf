import { exit, write } from '../../../../servers/posix/index.ts'

/** Runs the scenario that the command line names, prints what it returned as JSON, and leaves as servers do. */
export function runScenario(scenarios: Record<string, () => unknown>): never {
  write(1, Buffer.from(`${JSON.stringify(scenarios[process.argv[2]!]!())}\n`))
  exit(0)
}
