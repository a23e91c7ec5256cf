import { expect, test } from 'vitest'
import { models } from '../../servers/catalog.ts'
import { closest } from '../../src/options/closest.ts'

const names = models.map(({ name }) => name)

test.each([
  ['preform', 'prefork'],
  ['frok', 'fork'],
  ['slect', 'select'],
  ['prefork-df', 'prefork-fd'],
  ['eventloop', 'event-loop'],
])('who types %s means %s', (given, meant) => {
  expect(closest(given, names)).toBe(meant)
})

test.each(['nosuch', '', 'x', 'apache'])('what "%s" means is not guessed', (given) => {
  expect(closest(given, names)).toBe(null)
})
