import { expect, test } from 'vitest'
import { labs, models } from '../../servers/catalog.ts'
import { commands, screen, takes } from '../../src/commands/table.ts'
import { modelOptions, modelsTaking } from '../../src/options/model-options.ts'
import { parseValue } from '../../src/options/parse-value.ts'
import { flagOf, option, optionGroups, optionNames } from '../../src/options/table.ts'

const all = [screen, ...commands]

test.each(all.map((command) => [command.name, command] as const))(
  '%s has no two options that are spelled the same',
  (_, command) => {
    const own = optionNames().filter((name) => takes(command, name))
    const spelled = own.flatMap((name) => [`--${flagOf(name)}`, option(name).short].filter(Boolean))
    expect(new Set(spelled).size).toBe(spelled.length)
  },
)

test('every option is taken by a command, and every group has options', () => {
  for (const name of optionNames()) expect(all.some((command) => takes(command, name))).toBe(true)
  for (const group of Object.keys(optionGroups))
    expect(optionNames().some((name) => option(name).group === group)).toBe(true)
})

test('the default of an option is a value that it takes', () => {
  for (const name of optionNames()) {
    const { default: value, kind } = option(name)
    if (value !== null && typeof value !== 'object' && kind !== 'flag')
      expect(parseValue(name, value)).toBe(value)
  }
})

test('an option that only some models take is taken by one at least, and the catalogue knows no other', () => {
  for (const name of modelOptions()) expect(modelsTaking(name)).not.toEqual([])
  for (const { options } of models) for (const name of options) expect(modelOptions()).toContain(name)
  for (const { options } of labs) for (const name of options) expect(option(name).group).toBe('lab')
})
