import { describe, expect, test } from 'vitest'
import { readGuide } from '../../src/report/guide.ts'
import { type KeyContext, keyContexts } from '../../src/ui/commands/key-context.ts'
import { type CommandId, commandsIn } from '../../src/ui/commands/table.ts'
import { focusedPane, selected } from './cells.ts'
import { keyOf } from './keys.ts'
import { processRows } from './process-rows.ts'
import { openModel, type Screen, sharedScreen } from './screen.ts'

type Step = (screen: Screen) => Promise<unknown>
/** Leads to where the key can be pressed, and reads its effect on the screen. */
type Case = { from?: Step; shows: Step }

const shows =
  (pattern: RegExp): Step =>
  (screen) =>
    screen.shows(pattern)
const hides =
  (pattern: RegExp): Step =>
  (screen) =>
    screen.hides(pattern)
const chosen =
  (text: RegExp): Step =>
  (screen) =>
    screen.until(() => selected(screen).some((line) => text.test(line)), `${text} selected`)
const focus =
  (pane: string): Step =>
  (screen) =>
    screen.until(() => focusedPane(screen) === pane, `the focus on ${pane}`)
/** The selected process is the one in that place, from 0. */
const at =
  (place: number): Step =>
  (screen) =>
    screen.until(() => {
      const pid = processRows(screen)[place]?.pid
      return selected(screen).some((line) => line.includes(` ${pid} `))
    }, `process ${place} selected`)
/** The guide is read from that line on. */
const reads =
  (from: number): Step =>
  (screen) =>
    screen.until(() => {
      const rows = screen.rows()
      const guide = readGuide('prefork')!
      const written = guide.findIndex((line, i) => i >= from && line !== '')
      const row = rows.findIndex((text) => /GUIDE prefork/.test(text)) + 1 + written - from
      return rows[row]?.includes(guide[written]!.replace(/^#+ |`/g, '').slice(0, 60)) ?? false
    }, `line ${from} of the guide`)
const ends: Step = async (screen) => expect(await screen.ended).toBe(0)

const pressing =
  (key: string, until: Step): Step =>
  async (screen) => {
    screen.press(key)
    await until(screen)
  }
const inTurn =
  (...steps: Step[]): Step =>
  async (screen) => {
    for (const step of steps) await step(screen)
  }

const onFirst = inTurn(pressing('Down', chosen(/child|parent/)), pressing('Home', at(0)))
const onLast = inTurn(onFirst, pressing('End', at(12)))
const onOpen = pressing('o', shows(/BY HAND ─+ 1 open[\s\S]*● → child \d+ \d+ · established/))
const onSecond = inTurn(onOpen, pressing('o', chosen(/^2 ● → child \d+ \d+ · established/)))
const editing = pressing('c', chosen(/^15▏/))

/** Something else has written on the last line, between two frames. */
const strayed: Step = async (screen) => {
  await screen.until(() => {
    if (!screen.written.endsWith('\x1b[?2026l')) return false
    screen.emulator.write(`\x1b7\x1b[${screen.emulator.rows};170Hstray\x1b8`)
    return true
  }, 'the end of a frame')
  await screen.shows(/stray/)
}

/** Everything stands there again, down to the last line. */
const redrawn: Step = (screen) =>
  screen.until((text) => !/stray/.test(text) && screen.rows().at(-1) !== '', 'the screen without the stray')

const everywhere = {
  redraw: { from: strayed, shows: redrawn },
  suspend: { shows: shows(/No shell is there that could continue this/) },
  'quit-now': { shows: ends },
}

const cases: Record<KeyContext, Partial<Record<CommandId, Case>>> = {
  panes: {
    start: { shows: shows(/prefork runs\. Start it again\? +y yes +n no/) },
    stop: { shows: shows(/prefork is stopped\. ⏎ starts it again/) },
    load: { shows: shows(/CLIENT ─.* (● running|✓ done) ─╮/) },
    signal: { from: onFirst, shows: shows(/SIGNAL TO parent \d+/) },
    'edit-client': { shows: chosen(/^15▏/) },
    up: { from: onLast, shows: at(11) },
    down: { from: onFirst, shows: at(1) },
    'page-up': { from: onLast, shows: at(2) },
    'page-down': { from: onFirst, shows: at(10) },
    first: { from: onLast, shows: at(0) },
    last: { from: onFirst, shows: at(12) },
    'next-pane': { shows: focus('EVENTS') },
    'previous-pane': { shows: focus('MODELS') },
    help: { shows: shows(/HELP ─/) },
    threads: { shows: shows(/· node|threads of/) },
    'send-awaited': { shows: shows(/No lab runs that waits for a signal/) },
    guide: { shows: shows(/GUIDE/) },
    'echo-line': { shows: shows(/CLIENT BY HAND ─+ 1 open[\s\S]*> ▏/) },
    'manual-connections': { shows: shows(/CLIENT BY HAND ─+ 0 open/) },
    filter: { shows: shows(/filter ▏/) },
    'all-events': { from: pressing('p', shows(/❚❚ paused/)), shows: hides(/❚❚ paused/) },
    pause: { shows: shows(/❚❚ paused, 0 since/) },
    'to-process': { shows: shows(/Select an event with ↑ ↓ first\./) },
    'to-event': { from: onFirst, shows: inTurn(focus('EVENTS'), chosen(/parent \d+ forked/)) },
    freeze: { shows: shows(/❚❚ frozen \d\d:\d\d ago/) },
    sockets: { shows: shows(/CONNECTIONS ─/) },
    chart: { shows: shows(/CONNECTIONS \/ S ─/) },
    mouse: { shows: shows(/The mouse selects rows here/) },
    quit: { shows: ends },
    ...everywhere,
  },
  editing: {
    accept: { from: pressing('7', chosen(/^157▏/)), shows: chosen(/^157$/) },
    cancel: { from: pressing('7', chosen(/^157▏/)), shows: chosen(/^15$/) },
    erase: { shows: chosen(/^1▏/) },
    down: { shows: chosen(/^200▏/) },
    up: { from: pressing('Down', chosen(/^200▏/)), shows: chosen(/^15▏/) },
    ...everywhere,
  },
  menu: {
    up: { from: pressing('Down', chosen(/^SIGINT/)), shows: chosen(/^SIGTERM/) },
    down: { shows: chosen(/^SIGINT/) },
    accept: { from: pressing('Up', chosen(/^SIGPIPE/)), shows: shows(/you → SIGPIPE → parent/) },
    cancel: { shows: inTurn(hides(/SIGNAL TO/), shows(/Tab pane/)) },
    ...everywhere,
  },
  typing: {
    accept: { from: pressing('forked', shows(/filter forked▏/)), shows: shows(/filter "forked"/) },
    cancel: {
      from: pressing('forked', shows(/filter forked▏/)),
      shows: inTurn(hides(/filter forked/), shows(/Tab pane/)),
    },
    erase: { from: pressing('forked', shows(/filter forked▏/)), shows: shows(/filter forke▏/) },
    ...everywhere,
  },
  manual: {
    'manual-open': { shows: shows(/BY HAND ─+ 1 open/) },
    'echo-line': { from: onOpen, shows: shows(/> ▏/) },
    'manual-half': { from: onOpen, shows: shows(/received 409 B[\s\S]*→ 409 /) },
    'manual-request': { from: onOpen, shows: shows(/received 4\.1 kB/) },
    'manual-slow': { from: onOpen, shows: shows(/· slow/) },
    'manual-close': { from: onOpen, shows: shows(/✗ closed by you/) },
    'manual-abort': { from: onOpen, shows: shows(/✗ aborted by you with RST/) },
    up: { from: onSecond, shows: chosen(/^1 ●/) },
    down: { from: inTurn(onSecond, pressing('Up', chosen(/^1 ●/))), shows: chosen(/^2 ●/) },
    cancel: { shows: inTurn(hides(/CLIENT BY HAND/), shows(/Tab pane/)) },
    ...everywhere,
  },
  guide: {
    up: { from: pressing('Down', reads(1)), shows: reads(0) },
    down: { shows: reads(1) },
    'page-up': { from: pressing('PageDown', reads(10)), shows: reads(0) },
    'page-down': { shows: reads(10) },
    first: { from: pressing('End', hides(/more lines/)), shows: reads(0) },
    last: { shows: hides(/more lines/) },
    cancel: { shows: inTurn(hides(/GUIDE/), shows(/Tab pane/)) },
    ...everywhere,
  },
  help: {
    cancel: { shows: inTurn(hides(/HELP ─/), shows(/Tab pane/)) },
    ...everywhere,
  },
  question: {
    yes: { shows: shows(/● up [\s\S]*nothing of prefork is left/) },
    no: { shows: inTurn(hides(/Start it again\?/), shows(/Tab pane/)) },
    ...everywhere,
  },
}

const enter: Record<KeyContext, Step> = {
  panes: async () => {},
  editing,
  menu: inTurn(onFirst, pressing('s', chosen(/^SIGTERM/))),
  typing: pressing('/', shows(/filter ▏/)),
  manual: pressing('m', shows(/CLIENT BY HAND/)),
  guide: pressing('g', shows(/GUIDE/)),
  help: pressing('?', shows(/HELP ─/)),
  question: pressing('Enter', shows(/Start it again\?/)),
}

/** After these the screen is not as it was. */
const spoils = new Set<CommandId>([
  ...(['stop', 'load', 'threads', 'quit', 'quit-now', 'accept', 'yes', 'freeze', 'pause', 'mouse'] as const),
  ...(['echo-line', 'to-event', 'sockets', 'chart'] as const),
])
const spoiled = new Set<KeyContext>(['editing', 'manual', 'typing'])

const open = async () => {
  const screen = await openModel('prefork', '--children', '12', '-t', '200')
  await screen.until(() => processRows(screen).length === 13, '13 processes')
  return screen
}
const shared = sharedScreen(open)

async function back(screen: Screen): Promise<Screen> {
  // Only where it does something: a key right behind an Escape would be taken for Alt and that key.
  if (!/Tab pane/.test(screen.screen())) await pressing('Escape', shows(/Tab pane/))(screen)
  for (const pane of ['CLIENT', 'MODELS', 'EVENTS'])
    if (focusedPane(screen) === pane) await toProcesses(screen)
  return screen
}

async function toProcesses(screen: Screen): Promise<void> {
  for (let before = focusedPane(screen); before !== 'PROCESSES'; before = focusedPane(screen))
    await pressing('Tab', () => screen.until(() => focusedPane(screen) !== before, 'another pane'))(screen)
}

describe.each(keyContexts)('in the context %s', (context) => {
  const keys = commandsIn(context).flatMap(({ id, keys }) => keys.map((key) => ({ key, action: id })))

  test.each(keys)('$key does what the key table says: $action', async ({ key, action }) => {
    const effect = cases[context][action]
    if (!effect) throw new Error(`What does ${action} do? This table does not know.`)
    const screen = spoils.has(action) || spoiled.has(context) ? await open() : await back(await shared())
    await enter[context](screen)
    await effect.from?.(screen)
    await pressing(keyOf(key), effect.shows)(screen)
  })
})
