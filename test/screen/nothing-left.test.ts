import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../servers/posix/native.ts'
import { freePort } from '../support/free-port.ts'
import { node } from '../support/node.ts'
import { python } from '../support/python.ts'
import { root } from '../support/root.ts'
import { familyOf, describe as inWords, lives, type Member } from './family.ts'
import { fixture, keep, Screen, startLoad } from './screen.ts'
import { deviceOf, isRaw } from './tty.ts'

/** Everything must be over within this time, in milliseconds of a quick machine. */
const LIMIT = 2_000

type Running = { screen: Screen; ui: number; family: Member[] }

/** The program below a shell, which tells how it ended and then shows that the terminal can be used. */
async function start(args: readonly string[], shown: RegExp): Promise<Running> {
  const port = await freePort()
  const cli = [node, '--import', fixture('throw-at-signal.mjs'), join(packageRoot(), 'dist/cli.js')]
  // It ends when it has got another line, so that nothing is lost of what it says.
  const script = '"$@"; code=$?; read line; echo "ended: $code, got $line"; read line'
  const given = args.map((arg) => arg.replace('PORT', String(port)))
  const screen = keep(new Screen(['sh', '-c', script, 'sh', ...cli, ...given], { port, run: randomUUID() }))
  await screen.shows(/● up/)
  await screen.shows(shown)
  const ui = familyOf(screen.pid)[1]!.pid
  return { screen, ui, family: familyOf(ui) }
}

const servers = {
  'prefork under load': async () => {
    const running = await start(['prefork', '-p', 'PORT', '-c', '10', '-t', '100000'], /S accept/)
    await startLoad(running.screen)
    await running.screen.shows(/● running[\s\S]*[1-9]\d*,\d{3} \/ 1,000,000/)
    return { ...running, family: familyOf(running.ui) }
  },
  'prefork under a load generator': async () => {
    const generator = join(root, 'test/fixtures/generator.py')
    const load = `${python} ${generator} {host} {port} 10`
    const running = await start(['prefork', '-p', 'PORT', '--load', load], /S accept/)
    await startLoad(running.screen)
    await running.screen.shows(/first connection/)
    return { ...running, family: familyOf(running.ui) }
  },
  'a server that ignores SIGTERM': () =>
    start(['--grace', '1', '--', python, fixture('stubborn.py'), 'PORT', 'ignores'], /2 processes/),
  'a server whose children left its group and session': () =>
    start(['--grace', '1', '--', python, fixture('stubborn.py'), 'PORT', 'leaves'], /5 processes/),
}

type Way = { act: (running: Running) => unknown; code?: number }

const signal = (name: string, code: number): Way => ({ act: ({ ui }) => process.kill(ui, name), code })

const ways: Record<string, Way> = {
  q: {
    act: async ({ screen }) => {
      screen.press('q')
      const isAsked = () => /quit\? +y yes/.test(screen.screen())
      await screen.until(() => isAsked() || !screen.alternateScreen, 'a question or the end')
      if (isAsked()) screen.press('y')
    },
    code: 0,
  },
  'Ctrl-C': { act: ({ screen }) => screen.press('Ctrl-C'), code: 0 },
  SIGTERM: signal('SIGTERM', 143),
  SIGINT: signal('SIGINT', 130),
  SIGHUP: signal('SIGHUP', 129),
  'an exception': signal('SIGUSR2', 1),
  'an exception while it draws': signal('SIGPWR', 1),
  'a rejection that nobody handles': signal('SIGVTALRM', 1),
  SIGKILL: signal('SIGKILL', 137),
}

/** These are about the screen alone, so one server is enough. */
const once = ['SIGINT', 'an exception while it draws', 'a rejection that nobody handles']

describe.each(Object.entries(servers))('with %s', (server, open) => {
  const all = Object.entries(ways).filter(([way]) => !once.includes(way) || server === 'prefork under load')

  test.each(all)('nothing is left after %s, and the terminal can be used', async (_, { act, code }) => {
    const shared = new Set(readdirSync('/dev/shm'))
    const { screen, ui, family } = await open()
    const before = { raw: isRaw(screen.pid), alternate: screen.alternateScreen, cursor: screen.cursorVisible }
    expect(before).toEqual({ raw: true, alternate: true, cursor: false })
    await act({ screen, ui, family })
    await expectNothing(screen, family)

    await screen.until(() => !isRaw(screen.pid), 'a terminal that is not raw')
    await screen.until(
      () => !screen.alternateScreen && screen.cursorVisible,
      'the main screen with its cursor',
    )
    screen.press(...'echo', 'Enter')
    await screen.shows(new RegExp(`^ended: ${code}, got echo$`, 'm'))
    screen.press('Enter')
    await screen.ended
    expect(screen.screen()).not.toMatch(/[╭│]/)
    expect(readdirSync('/dev/shm').filter((name) => !shared.has(name))).toEqual([])
  })

  test('nothing is left after the terminal is closed', async () => {
    const { screen, family } = await open()
    const device = deviceOf(screen.pid)
    screen.hangUp()
    await expectNothing(screen, family)
    expect(device).toMatch(/^\/dev\/pts\//)
  })
})

async function expectNothing(screen: Screen, family: Member[]): Promise<void> {
  const found = () => [...screen.processes(), ...family.filter(lives).map(({ pid }) => pid)]
  const left = () => new Set(found().filter((pid) => pid !== screen.pid)) // which is the shell
  await screen.until(() => left().size === 0, 'the end of all processes', LIMIT).catch(() => {})
  expect([...left()].map(inWords), 'processes left behind').toEqual([])
}
