import type { Command } from '../commands/command.ts'
import { commandsTaking } from '../commands/table.ts'
import { labsTaking } from './lab-options.ts'
import { modelsTaking } from './model-options.ts'
import { flagOf, type OptionName, option, optionGroups } from './table.ts'
import { UsageError } from './usage-error.ts'

/** The option means something to other commands only. `names` are all that are spelled like it. */
export function foreignOption(names: readonly OptionName[]): UsageError {
  const takers = names.map((name) => {
    const group = optionGroups[option(name).group]
    return 'for' in group ? group.for : commandList(commandsTaking(name))
  })
  return new UsageError(`--${flagOf(names[0]!)} is for ${[...new Set(takers)].join(', and for ')}.`)
}

/** The model or lab of that name does without the option; says which do not. */
export function notOf(name: string, given: OptionName, kind: 'model' | 'lab'): UsageError {
  const names = kind === 'model' ? modelsTaking(given) : labsTaking(given)
  const takers =
    names.length === 0 ? 'none has' : `${names.join(', ')} ${names.length === 1 ? 'has' : 'have'}`
  return new UsageError(`${name} has no --${flagOf(given)}; ${takers}.`)
}

/** `the screen and csdesign-tui run, client and list`. */
function commandList(commands: readonly Command[]): string {
  const names = commands.filter(({ name }) => name !== 'screen').map(({ name }) => name)
  const named = names.length > 0 ? [`csdesign-tui ${listed(names)}`] : []
  return listed([...(names.length < commands.length ? ['the screen'] : []), ...named])
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
