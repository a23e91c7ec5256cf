import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { temporaryFolder } from './compile.ts'
import { node } from './node.ts'
import { root } from './root.ts'
import { startProgram } from './start-program.ts'
import { within } from './until.ts'

/** V8's helper threads do not survive a fork. */
const FORKABLE = ['--single-threaded', '--v8-pool-size=0']

/**
 * Bundles a module of test/ as the servers are bundled. The returned function runs it in a process that may fork, and
 * returns what it printed as JSON.
 */
export function forkingProgram(path: string): (...args: string[]) => Promise<unknown> {
  const outfile = join(temporaryFolder(), `${basename(path, '.ts')}.mjs`)
  const built = build({
    absWorkingDir: root,
    entryPoints: [path],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // The addon is looked for from the module that loads it.
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(root, path)).href) },
    logLevel: 'warning',
  })
  return async (...args) => {
    await built
    const program = startProgram(node, [...FORKABLE, outfile, ...args])
    const code = await within(20_000, program.ended, `the end of ${path} ${args.join(' ')}`)
    if (code !== 0) throw new Error(`exit code ${code}: ${program.errors()}${program.output()}`)
    return JSON.parse(program.output())
  }
}
