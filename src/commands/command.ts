import type { CommandLine } from '../options/parse.ts'
import type { OptionGroup, OptionName } from '../options/table.ts'

/** One thing that the program can be asked for. */
export type Command = {
  /** The first word of its command line; the terminal UI has none, and is what is left. */
  name: string
  /** Its command lines, each without the program's name, with what it does where that differs. */
  usage: readonly string[]
  summary: string
  /** What it does, in a few sentences, where the summary does not say it. */
  details?: string
  /** Whether words follow its name. */
  words: boolean
  /** Whether a command of the user's may stand behind `--`; else a sentence that says why not. */
  server: true | string
  groups: readonly OptionGroup[]
  /** Options that it takes beside these groups. */
  more?: readonly OptionName[]
  /** Command lines to try, and what they show. */
  examples: readonly (readonly [line: string, shows: string])[]
  /** Returns the exit code. Throws UsageError and Refusal. */
  run(commandLine: CommandLine): Promise<number>
}
