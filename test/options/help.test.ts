import { expect, test } from 'vitest'
import { commands, screen, takes } from '../../src/commands/table.ts'
import { commandHelp, generalHelp } from '../../src/options/help.ts'
import { parseCommandLine } from '../../src/options/parse.ts'
import { flagOf, optionNames } from '../../src/options/table.ts'

const words = (text: string) => text.match(/--[a-z-]+/g) ?? []

test.each(commands)('$name --help names exactly its options', (command) => {
  const own = optionNames().filter((name) => takes(command, name))
  // Its other parts may name options too, but none that it does not take.
  const named = new Set(words(commandHelp(command)).filter((word) => !['--help', '--'].includes(word)))
  expect([...named].sort()).toEqual([...new Set(own.map((name) => `--${flagOf(name)}`))].sort())
})

test('every line of a command’s help fits a terminal of 100 columns', () => {
  for (const command of commands)
    for (const line of commandHelp(command).split('\n')) expect(line.length, line).toBeLessThanOrEqual(100)
})

test('the examples in the help are command lines that are taken', () => {
  for (const command of [screen, ...commands])
    for (const [line] of command.examples)
      expect(parseCommandLine(line.split(' '))).toMatchObject({ command: { name: command.name } })
})

test('the overview names every command and every option', () => {
  const help = generalHelp()
  for (const { usage } of commands) for (const line of usage) expect(help).toContain(`csdesign-tui ${line}`)
  for (const name of optionNames()) expect(help).toContain(`--${flagOf(name)}`)
})
