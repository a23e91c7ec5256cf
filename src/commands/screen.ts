import { Refusal } from '../engine/refuse.ts'
import type { CommandLine } from '../options/parse.ts'

/** The terminal UI. Returns the exit code. */
export async function openScreen(_commandLine: CommandLine): Promise<number> {
  throw new Refusal('There is no terminal here: use "csdesign-tui run MODEL", which needs none.')
}
