import meow from 'meow'
import { helpText } from './help.ts'
import { parseValue } from './parse-value.ts'
import { type OptionName, type Options, option, optionNames } from './table.ts'
import { UsageError } from './usage-error.ts'

export type CommandLine = {
  /** Words that are no options: the command, a model, messages. */
  words: string[]
  options: Options
  /** The options that were really given. */
  given: Set<OptionName>
  /** What stands behind `--`: a server of the user's own; null without `--`. */
  server: string[] | null
}

/** Reads the arguments. Throws UsageError. Prints and exits for --help and --version. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const dashes = argv.indexOf('--')
  const own = dashes < 0 ? argv : argv.slice(0, dashes)
  const cli = readFlags(own)
  const flags = cli.flags as Record<string, unknown>
  const unknown = Object.keys(flags).find((flag) => !optionNames().includes(flag as OptionName))
  const negated = own.find((argument) => argument.startsWith('--no-'))
  if (negated) throw new UsageError(`There is no option ${negated}: csdesign-tui --help names them all.`)
  if (unknown)
    throw new UsageError(`There is no option ${dashed(unknown)}: csdesign-tui --help names them all.`)

  const given = new Set<OptionName>()
  const options: Record<string, unknown> = {}
  for (const name of optionNames()) {
    const value = flags[name]
    if (value !== undefined && value !== false && !isEmptyList(value)) given.add(name)
    options[name] = given.has(name) ? parseValue(name, value) : option(name).default
  }
  const server = dashes < 0 ? null : argv.slice(dashes + 1)
  if (server?.length === 0)
    throw new UsageError('After -- a command is needed: csdesign-tui -- python3 app.py')
  return { words: cli.input.map(String), options: options as Options, given, server }
}

/** What meow gives for a list that was not given. */
function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function readFlags(argv: readonly string[]) {
  try {
    return meow(helpText(), {
      importMeta: import.meta,
      argv,
      description: false,
      flags: Object.fromEntries(optionNames().map((name) => [name, flagOf(name)])),
    })
  } catch (error) {
    const twice = /flag (--\S+) can only be set once/.exec((error as Error).message)?.[1]
    if (twice) throw new UsageError(`${twice} was given more than once.`)
    throw error
  }
}

function flagOf(name: OptionName) {
  const { kind, short } = option(name)
  const type = kind === 'flag' ? ('boolean' as const) : ('string' as const)
  return { type, isMultiple: kind === 'list', ...(short && { shortFlag: short }) }
}

function dashed(flag: string): string {
  const name = flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return name.length === 1 ? `-${name}` : `--${name}`
}
