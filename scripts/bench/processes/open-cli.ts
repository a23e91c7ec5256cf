import { join } from 'node:path'
import { packageRoot } from '../../../servers/posix/native.ts'
import { openTerminal, type Terminal } from './terminal.ts'

/** The built program with these arguments in a terminal. */
export function openCli(args: readonly (string | number)[]): Terminal {
  return openTerminal(process.execPath, [join(packageRoot(), 'dist/cli.js'), ...args.map(String)])
}
