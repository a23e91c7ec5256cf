import { join } from 'node:path'
import { findModel } from '../../../servers/catalog.ts'
import { packageRoot } from '../../../servers/posix/native.ts'
import { defaults } from '../../../src/options/table.ts'
import { modelTarget } from '../../../src/session/target.ts'
import { compile } from './compile.ts'
import { run } from './run.ts'
import type { Command } from './server.ts'

/** One of our models, started as the engine does but without its launcher. */
export function ourModel(name: string, env: Record<string, string> = {}): Command {
  const model = findModel(name)!
  return (port) => {
    const [file, ...args] = modelTarget(model, { ...defaults, port }).command
    return { file: file!, args, env }
  }
}

/** The plainest server of the same design, from c/. */
export async function cServer(name: string): Promise<Command> {
  const file = await compile(name)
  return (port) => ({ file, args: [String(port)] })
}

/** The same design from python/: a file, and what it takes beside the port. */
export async function pythonServer([file, ...words]: readonly [string, ...string[]]): Promise<Command> {
  // A version manager's stand-in for python3 would be measured too.
  const python = (await run('python3', ['-c', 'import sys; print(sys.executable)'])).trim()
  const script = join(packageRoot(), 'scripts/bench/python', file)
  return (port) => ({ file: python, args: [script, String(port), ...words] })
}
