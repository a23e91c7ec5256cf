import meow from 'meow'
import type { Command } from '../commands/command.ts'
import { findCommand, screen, takes } from '../commands/table.ts'
import { didYouMean } from './closest.ts'
import { checkCombinations } from './combinations.ts'
import { parseValue } from './parse-value.ts'
import { foreignOption } from './refuse.ts'
import { dashed, defaults, flagOf, type OptionName, type Options, option, optionNames } from './table.ts'
import { UsageError } from './usage-error.ts'

export type CommandLine = {
  command: Command
  /** Words that are no options, behind the command's name: a model, messages. */
  words: string[]
  options: Options
  /** The options that were really given. */
  given: Set<OptionName>
  /** What stands behind `--`: a server of the user's own; null without `--`. */
  server: string[] | null
}

/** What is printed instead of anything else. */
export type Request = { help: Command | null } | { version: true }

const HELP_SHORT = 'h'

type Flags = Map<string, (string | boolean)[]>

/** Reads the arguments. Throws UsageError. */
export function parseCommandLine(argv: readonly string[]): CommandLine | Request {
  const dashes = argv.indexOf('--')
  const own = dashes < 0 ? argv : argv.slice(0, dashes)
  const server = dashes < 0 ? null : argv.slice(dashes + 1)
  const { input, flags } = readFlags(own)
  const named = findCommand(input[0] ?? '')
  if (flags.has('help')) return { help: named ?? null }
  if (flags.has('version')) return { version: true }

  const command = named ?? screen
  refuseUnknown(own, flags, command)
  const words = named ? input.slice(1) : input
  const { options, given } = readOptions(flags, command)
  if (words.length > 0 && !command.words)
    throw new UsageError(
      `${command.name} takes no "${words[0]}", only options: ${helpOf(command)} names them.`,
    )
  if (server && command.server !== true) throw new UsageError(command.server)
  if (server?.length === 0)
    throw new UsageError('After -- a command is needed: csdesign-tui -- python3 app.py')
  const commandLine = { command, words, options, given, server }
  checkCombinations(commandLine)
  return commandLine
}

/** What each flag was given with, unknown ones too; an empty text where a value is missing. */
function readFlags(argv: readonly string[]): { input: string[]; flags: Flags } {
  const { input, flags } = readWithMeow(argv)
  const given: Flags = new Map()
  for (const [name, value] of Object.entries(flags)) {
    // A flag that was not given is false, or an empty list.
    const values = [value].flat().filter((each) => each !== false && each !== undefined)
    if (values.length > 0) given.set(dashed(name), values as (string | boolean)[])
  }
  for (const flag of repeatableFlags()) {
    // Of a list meow leaves out what has no value.
    const times = argv.filter((word) => word === `--${flag}` || word.startsWith(`--${flag}=`)).length
    const values = given.get(flag) ?? []
    if (times > values.length) given.set(flag, ['', ...values])
  }
  return { input: input.map(String), flags: given }
}

function readWithMeow(argv: readonly string[]) {
  const flags = {
    ...Object.fromEntries(optionNames().map((name) => [option(name).flag ?? name, meowFlag(name)])),
    help: { type: 'boolean' as const, shortFlag: HELP_SHORT },
    version: { type: 'boolean' as const },
  }
  const bare = { autoHelp: false, autoVersion: false, description: false } as const
  try {
    return meow({ importMeta: import.meta, argv, flags, ...bare })
  } catch (error) {
    const twice = /flag (--\S+) can only be set once/.exec((error as Error).message)?.[1]
    if (twice) throw givenTwice(twice)
    throw error
  }
}

function meowFlag(name: OptionName) {
  const { kind, short } = option(name)
  const type = kind === 'flag' ? ('boolean' as const) : ('string' as const)
  const isMultiple = repeatableFlags().has(flagOf(name))
  return { type, isMultiple, ...(short && { shortFlag: short }) }
}

/** Flags that some command takes several times. */
function repeatableFlags(): Set<string> {
  return new Set(
    optionNames()
      .filter((name) => option(name).repeatable)
      .map(flagOf),
  )
}

function refuseUnknown(own: readonly string[], flags: Flags, command: Command): void {
  const known = new Set([...optionNames().map(flagOf), 'help', 'version'])
  const negated = own.find((word) => word.startsWith('--no-'))
  const unknown = [...flags.keys()].find((flag) => !known.has(flag))
  const wrong = negated ?? (unknown && (unknown.length === 1 ? `-${unknown}` : `--${unknown}`))
  if (!wrong) return
  const takenFirst = [...ownFlags(command), ...known].map((flag) => `--${flag}`)
  const meant = negated || unknown?.length === 1 ? '' : didYouMean(wrong, takenFirst)
  throw new UsageError(`There is no option ${wrong}.${meant} ${helpOf(command)} names them all.`)
}

function ownFlags(command: Command): string[] {
  return optionNames()
    .filter((name) => takes(command, name))
    .map(flagOf)
}

/** The options' values, checked. Throws UsageError for those that the command does not take. */
function readOptions(flags: Flags, command: Command): Pick<CommandLine, 'options' | 'given'> {
  const options: Record<string, unknown> = { ...defaults }
  const given = new Set<OptionName>()
  for (const [flag, values] of flags) {
    const names = optionNames().filter((name) => flagOf(name) === flag)
    const name = names.find((each) => takes(command, each))
    if (!name) throw foreignOption(names)
    if (!option(name).repeatable && values.length > 1) throw givenTwice(`--${flag}`)
    const parsed = values.map((value) => parseValue(name, value))
    options[name] = option(name).repeatable ? parsed : parsed[0]
    given.add(name)
  }
  return { options: options as Options, given }
}

function givenTwice(flag: string): UsageError {
  return new UsageError(`${flag} was given more than once.`)
}

function helpOf({ name }: Command): string {
  return name === 'screen' ? 'csdesign-tui --help' : `csdesign-tui ${name} --help`
}
