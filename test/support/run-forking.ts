import { bundle } from './bundle.ts'
import { node } from './node.ts'
import { startProgram } from './start-program.ts'
import { within } from './until.ts'

/** V8's helper threads do not survive a fork. */
const FORKABLE = ['--single-threaded', '--v8-pool-size=0']

/**
 * Bundles a module of test/ as the servers are bundled. The returned function runs it in a process that may fork, and
 * returns what it printed as JSON.
 */
export function forkingProgram(path: string): (...args: string[]) => Promise<unknown> {
  const built = bundle(path)
  return async (...args) => {
    const program = startProgram(node, [...FORKABLE, await built, ...args])
    const code = await within(20_000, program.ended, `the end of ${path} ${args.join(' ')}`)
    if (code !== 0) throw new Error(`exit code ${code}: ${program.errors()}${program.output()}`)
    return JSON.parse(program.output())
  }
}
