import { models } from '../../servers/catalog.ts'
import type { Command } from '../commands/command.ts'
import { commands, screen, takes } from '../commands/table.ts'
import { defaultOf, optionUsage, rangeOf } from './describe-option.ts'
import { labsTaking } from './lab-options.ts'
import { modelsTaking } from './model-options.ts'
import { type OptionGroup, type OptionName, option, optionGroups, optionNames } from './table.ts'

const PROGRAM = 'csdesign-tui'
const WIDTH = 100

/** What --help prints without a command: all that there is, in short. */
export function generalHelp(): string {
  const all = [screen, ...commands]
  return [
    'See how servers handle many clients at once.',
    '',
    'Usage',
    ...columns(
      all.flatMap(({ usage, summary }) =>
        usage.map((line, i) => [
          `$ ${PROGRAM} ${line}`,
          i === 0 ? summary : 'the same over a server of your own',
        ]),
      ),
    ),
    '',
    'Models',
    ...columns(models.map(({ name, summary }) => [name, summary])),
    ...optionLines(optionNames()),
    '',
    `${PROGRAM} COMMAND --help tells more of one command, ${PROGRAM} list names the labs.`,
  ].join('\n')
}

/** What COMMAND --help prints. */
export function commandHelp(command: Command): string {
  const { usage, summary, details, examples } = command
  return [
    `${summary[0]!.toUpperCase()}${summary.slice(1)}.`,
    ...(details ? ['', ...wrapped(details, WIDTH)] : []),
    '',
    'Usage',
    ...usage.map((line) => `  $ ${PROGRAM} ${line}`),
    ...optionLines(
      optionNames().filter((name) => takes(command, name)),
      command,
    ),
    '',
    'Examples',
    ...columns(examples.map(([line, shows]) => [`$ ${PROGRAM} ${line}`, shows])),
  ].join('\n')
}

/** The options, each group under its title. */
function optionLines(names: readonly OptionName[], command?: Command): string[] {
  const groups = Object.keys(optionGroups) as OptionGroup[]
  return groups.flatMap((group) => {
    const own = names.filter((name) => option(name).group === group)
    if (own.length === 0) return []
    return [
      '',
      optionGroups[group].title,
      ...columns(own.map((name) => [optionUsage(name), described(name, command)])),
    ]
  })
}

/** `processes of a pool, 1 to 2,000 (10); prefork, cluster`. */
function described(name: OptionName, command?: Command): string {
  const { group, help } = option(name)
  const isOfLabs = group === 'lab' || command?.name === 'lab'
  const takers = isOfLabs ? labsTaking(name) : group === 'model' ? modelsTaking(name) : []
  const range = rangeOf(name)
  const value = defaultOf(name)
  return [help, range && `, ${range}`, value && ` (${value})`, takers.length > 0 && `; ${takers.join(', ')}`]
    .filter(Boolean)
    .join('')
}

/** Two columns, the second wrapped where it begins; a first that is very long stands alone. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const longest = Math.max(...rows.map(([first]) => first!.length).filter((length) => length <= WIDTH / 2))
  return rows.flatMap(([first = '', second = '']) => {
    const [line = '', ...more] = wrapped(second, WIDTH - longest - 4)
    const indent = ' '.repeat(longest + 4)
    const begin = `  ${first.padEnd(longest)}`
    return first.length > longest
      ? [`  ${first}`, ...[line, ...more].map((each) => indent + each)]
      : [`${begin}  ${line}`.trimEnd(), ...more.map((each) => indent + each)]
  })
}

function wrapped(text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}
