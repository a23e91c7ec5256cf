import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { frame } from '../../src/ui/frame.ts'
import { placedPanes } from '../../src/ui/panes/table.ts'
import { sceneOf } from '../../src/ui/scene.ts'
import { width } from '../../src/ui/text.ts'
import { deepFreeze } from '../state/deep-freeze.ts'
import { opened, pressAll } from './support/controller.ts'
import { states } from './support/states.ts'
import { sizes, walks } from './support/walks.ts'

const bare = (lines: readonly string[]) => stripVTControlCharacters(lines.join('\n'))

describe.each(Object.keys(states))('of a server that is %s', (name) => {
  const state = states[name]!

  test.each(Object.keys(walks))('%s fill the screen exactly, at every size', (walk) => {
    for (const size of sizes) {
      const screen = opened(state, size)
      pressAll(screen, walks[walk]!)
      const lines = frame(state, screen.controller.view, size)
      expect(lines).toHaveLength(size.height)
      expect(new Set(lines.map(width))).toEqual(new Set([size.width]))
    }
  })
})

test('drawing changes neither state nor view, and draws the same again', () => {
  for (const state of Object.values(states))
    for (const keys of Object.values(walks)) {
      const screen = opened(deepFreeze(state))
      pressAll(screen, keys)
      const view = deepFreeze(screen.controller.view)
      expect(frame(state, view, screen.size)).toEqual(frame(state, view, screen.size))
    }
})

test('every place of the screen belongs to one pane, but what is over a guide in a small terminal', () => {
  for (const size of sizes.slice(0, 6))
    for (const keys of Object.values(walks)) {
      const screen = opened(states.up!, size)
      pressAll(screen, keys)
      const placed = placedPanes(sceneOf(states.up!, screen.controller.view, size))
      const cells = placed.reduce((sum, { rect }) => sum + rect.width * rect.height, 0)
      expect(cells).toBe(size.width * size.height)
    }
})

test('a selected process that has left the tree leaves its place to the one that has come there', () => {
  const screen = opened(states.up!)
  pressAll(screen, ['down', 'down', 'down'])
  const { processes } = states.up!
  const without = new Map([...processes].filter(([pid]) => pid !== 102))
  const state = { ...states.up!, processes: without }
  const selected = /\x1b\[7m +(\d+) /
  expect(frame(states.up!, screen.controller.view, screen.size).join('\n').match(selected)![1]).toBe('102')
  expect(frame(state, screen.controller.view, screen.size).join('\n').match(selected)![1]).toBe('103')
})

test('a frozen screen shows what was, and how long ago', () => {
  const screen = opened(states.up!)
  pressAll(screen, ['space'])
  const before = frame(states.up!, screen.controller.view, screen.size)
  const after = frame(states['under load']!, screen.controller.view, screen.size)
  expect(bare(after)).toMatch(/❚❚ frozen 00:01 ago/)
  expect(after.slice(1)).toEqual(before.slice(1))
})

test('children that have ended are counted when they are reaped, also while they are still listed', () => {
  const state = states['with a zombie and a killed child']!
  const screen = opened(state)
  expect(bare(frame(state, screen.controller.view, screen.size))).toContain('1 ended · 300 accepts')
})
