import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findLab, labs, models } from '../../servers/catalog.ts'
import { generatorFor } from '../../src/load/generator-plan.ts'
import { planFor } from '../../src/load/plan.ts'
import { defaults, type Options } from '../../src/options/table.ts'
import { balanceOf } from '../../src/select/balance.ts'
import { loadListener, reachable } from '../../src/select/listening.ts'
import { isOver } from '../../src/select/over.ts'
import { LiveSession } from '../../src/session/live-session.ts'
import { commandTarget, labTarget, modelTarget, type Target } from '../../src/session/target.ts'
import { until } from '../../src/session/until.ts'
import type { Event } from '../../src/state/event.ts'
import { reduce } from '../../src/state/reduce.ts'
import { initialState, type State } from '../../src/state/state.ts'
import { frame } from '../../src/ui/frame.ts'
import { freePort } from '../support/free-port.ts'
import { randomNumbers } from '../support/random-numbers.ts'
import { root } from '../support/root.ts'
import { viewOf } from '../ui/support/view.ts'

const PARTITIONS = 10

/** Every event of a session over the server, which is put under a small load, and the state it came to. */
async function eventsOf(target: Target, options: Options): Promise<{ events: Event[]; state: State }> {
  const session = new LiveSession()
  const events: Event[] = []
  session.events.subscribe((batch) => events.push(...batch))
  try {
    await session.commands.start(target)
    await until(session, (state) => isOver(state) || loadListener(state, target.port) !== undefined, null)
    const listener = loadListener(session.state, target.port)
    if (listener && options.load !== null) {
      await session.commands.startGenerator(generatorFor(options.load, reachable(listener), listener.port))
      await until(session, (state) => balanceOf(state).others === 60, null)
    } else if (target.model && listener) {
      await session.commands.startLoad(planFor(options, reachable(listener), listener.port), 0)
      await until(session, (state) => balanceOf(state).missing === 0, null)
    } else await until(session, isOver, null)
  } finally {
    await session.commands.stop()
  }
  return { events, state: session.state }
}

const view = viewOf('prefork')

/** The screen over the state, in the three sizes that everything is looked at in. */
function frames(state: State): readonly string[] {
  return [
    ...frame(state, view, { width: 80, height: 24 }),
    ...frame(state, view, { width: 120, height: 40 }),
    ...frame(state, view, { width: 200, height: 60 }),
  ]
}

/** The events in batches of random sizes, reduced one after the other. */
function reducedInParts(events: readonly Event[], random: () => number): State {
  let state = initialState
  const most = 1 + Math.floor(random() ** 3 * events.length)
  for (let from = 0; from < events.length; ) {
    const to = from + 1 + Math.floor(random() * most)
    state = reduce(state, events.slice(from, to))
    from = to
  }
  return state
}

async function expectTheSame(target: Target, options: Options): Promise<void> {
  const { events, state } = await eventsOf(target, options)
  const readBack: Event[] = events.map((event) => JSON.parse(JSON.stringify(event)))
  const random = randomNumbers(events.length)
  // The session itself began with the clock, before anybody could listen.
  const whole = reduce(initialState, readBack)
  expect({ ...whole, wallOffset: state.wallOffset }).toEqual(state)
  const drawn = frames(whole)
  for (let i = 0; i < PARTITIONS; i++) {
    const inParts = reducedInParts(readBack, random)
    expect(inParts).toEqual(whole)
    expect(frames(inParts)).toEqual(drawn)
  }
}

const small = async (): Promise<Options> => ({
  ...defaults,
  port: await freePort(),
  children: 3,
  clients: 4,
  connections: 15,
})

test.each(models.map((model) => [model.name, model] as const))(
  'the events of %s make the same state and frames however they are batched, also written and read back',
  async (_, model) => {
    const options = await small()
    await expectTheSame(modelTarget(model, options), options)
  },
)

test('so do those of a load generator', async () => {
  const options = await small()
  const python = ['python3', join(root, 'test/fixtures/generator.py'), '{host}', '{port}', '100', '60']
  const target = modelTarget(models.find(({ name }) => name === 'prefork')!, options)
  await expectTheSame(target, { ...options, load: python.join(' ') })
})

test('so do those of a lab', async () => {
  const options = await small()
  await expectTheSame(labTarget(findLab('sigpipe') ?? labs[0]!, options), options)
})

test('so do those of a server that crashes', async () => {
  const options = await small()
  const crash = ['sh', '-c', 'sleep 0.2 & echo about to crash; kill -SEGV $$']
  await expectTheSame(commandTarget(crash, { host: options.host, port: null, isAnyAnswer: true }), options)
})
