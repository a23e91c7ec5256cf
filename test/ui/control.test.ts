import { describe, expect, test } from 'vitest'
import { keyContexts } from '../../src/ui/commands/key-context.ts'
import { commandsIn } from '../../src/ui/commands/table.ts'
import { panes } from '../../src/ui/panes/table.ts'
import { opened, pressAll } from './support/controller.ts'
import { states } from './support/states.ts'

test('in each context a key means one thing, and each command has a name of its own', () => {
  for (const context of keyContexts) {
    const commands = commandsIn(context)
    const keys = commands.flatMap(({ keys }) => keys)
    expect(new Set(keys).size).toBe(keys.length)
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length)
  }
})

test('each pane has a name of its own', () => {
  expect(new Set(panes.map(({ id }) => id)).size).toBe(panes.length)
})

describe('what is looked at', () => {
  test('connections only while a pane shows them', () => {
    const small = opened(states.up!, { width: 80, height: 24 })
    small.controller.follow()
    expect(small.session.attention.sockets).toBe(false)
    pressAll(small, ['o'])
    expect(small.session.attention.sockets).toBe(true)
    pressAll(small, ['o'])
    expect(small.session.attention.sockets).toBe(false)

    const large = opened(states.up!, { width: 120, height: 40 })
    large.controller.follow()
    expect(large.session.attention.sockets).toBe(true)
    pressAll(large, ['g'])
    expect(large.session.attention.sockets).toBe(false)
  })

  test('threads when they are asked for', () => {
    const screen = opened(states.up!)
    screen.controller.follow()
    expect(screen.session.attention).toMatchObject({ processes: 250, threads: false })
    pressAll(screen, ['t'])
    expect(screen.session.attention.threads).toBe(true)
  })

  test('nothing is ordered twice', () => {
    const screen = opened(states.up!)
    pressAll(screen, ['down', 'down', 'tab', 'c', 'escape'])
    screen.controller.follow()
    expect(screen.session.asked.filter(([name]) => name === 'watch')).toHaveLength(1)
  })
})

describe('the selection', () => {
  test('goes along with a row that moves in the tree', () => {
    const screen = opened(states.up!)
    pressAll(screen, ['down', 'end'])
    const { processes } = states.up!
    screen.session.become({
      ...states.up!,
      processes: new Map([...processes].filter(([pid]) => pid !== 101 && pid !== 102)),
    })
    screen.controller.follow()
    expect(screen.controller.view.row).toEqual({ id: 104, place: 2 })
  })

  test('is nobody’s when nobody is left', () => {
    const screen = opened(states.up!)
    pressAll(screen, ['down'])
    screen.session.become({ ...states.up!, processes: new Map() })
    screen.controller.follow()
    expect(screen.controller.view.row).toBeNull()
  })
})

describe('the load', () => {
  test('that runs goes on by a number that was set anew, not by one that was left as it is', () => {
    const screen = opened(states['under load']!)
    pressAll(screen, ['c', 'return'])
    expect(screen.session.asked.map(([name]) => name)).not.toContain('changeLoad')
    pressAll(screen, ['c', 'backspace', '7', 'return'])
    expect(screen.session.asked.at(-1)).toEqual(['changeLoad', expect.objectContaining({ clients: 17 })])
  })

  test('is asked about before a server that it runs on is stopped', () => {
    const screen = opened(states['under load']!)
    pressAll(screen, ['x'])
    expect(screen.controller.view.overlay).toMatchObject({ kind: 'question', question: { onYes: 'stop' } })
    pressAll(screen, ['n'])
    expect(screen.session.asked.map(([name]) => name)).not.toContain('stop')
    pressAll(screen, ['x', 'y'])
    expect(screen.session.asked.map(([name]) => name)).toContain('stop')
  })
})

test('of two servers that are asked for one after the other only the second is started', async () => {
  const screen = opened(states.nothing!)
  pressAll(screen, ['shift-tab', 'end', 'up', 'up', 'return', 'down', 'return'])
  await expect.poll(() => screen.session.asked.filter(([name]) => name === 'start')).toHaveLength(1)
  const [, target] = screen.session.asked.find(([name]) => name === 'start')!
  expect(target).toMatchObject({ name: 'cork' })
})
