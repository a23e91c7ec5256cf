import { reduce } from '../../../src/state/reduce.ts'
import { initialState, type State } from '../../../src/state/state.ts'
import { collectedHeap } from '../measure/collected-heap.ts'
import { median } from '../measure/median.ts'
import { type Bar, type Row, ratioRow } from '../measure/row.ts'
import { progress } from '../print/progress.ts'
import { megabytes, microseconds, percent } from '../print/units.ts'
import { drawFrame } from '../processes/draw-frame.ts'
import { forkForever } from '../processes/fork-forever.ts'
import { forkingServer, forkLives } from '../processes/stand-in-forks.ts'
import type { Section } from './section.ts'

const FORKS = 1_000_000
const REAL_FORKS = 20_000
/** Forks that come in one beat. */
const A_BEAT = 100
/** Beats that are looked at in the beginning, once V8 has compiled everything, and at the end. */
const LOOKED_AT = 1000
const WARM_UP = 500
const BAR: Bar = { most: 1.2 }

type Figures = { tick: number; frame: number; memory: number }

/** Whether a session that has seen a million processes come and go costs what it did when it was young. */
export const forever: Section = {
  name: 'forever',
  title: `Forever: at the end / in the beginning, after ${FORKS} forks of a stand-in and ${REAL_FORKS} real ones`,
  async *measure() {
    const [young, old] = standIn()
    yield ratioRow('tick', microseconds(old.tick), microseconds(young.tick), old.tick / young.tick, BAR)
    yield ratioRow('frame', microseconds(old.frame), microseconds(young.frame), old.frame / young.frame, BAR)
    yield ratioRow('memory', megabytes(old.memory), megabytes(young.memory), old.memory / young.memory, BAR)
    yield* await real()
  },
}

function standIn(): [young: Figures, old: Figures] {
  let state: State = forkingServer(initialState)
  let index = 0
  const beat = () => {
    const events = forkLives(index, A_BEAT)
    index += A_BEAT
    const from = performance.now()
    state = reduce(state, events)
    return 1000 * (performance.now() - from)
  }
  const look = (): Figures => {
    const ticks: number[] = []
    const frames: number[] = []
    for (let i = 0; i < LOOKED_AT; i++) {
      ticks.push(beat())
      if (i % 10 === 0) frames.push(drawFrame(state))
    }
    return { tick: median(ticks), frame: median(frames), memory: collectedHeap() }
  }
  for (let i = 0; i < WARM_UP; i++) beat()
  const young = look()
  while (index < FORKS) {
    beat()
    if (index % 50_000 === 0) progress(`forever: ${index} of ${FORKS} forks`)
  }
  return [young, look()]
}

/** What a quiet session costs before and after so many children that really ran. */
async function* real(): AsyncIterable<Row> {
  progress(`forever: ${REAL_FORKS} real forks`)
  const { before, after } = await forkForever(REAL_FORKS)
  yield ratioRow(
    'CPU of a session at rest',
    percent(after.share),
    percent(before.share),
    after.share / before.share,
    BAR,
    'after real forks',
  )
  yield ratioRow(
    'its memory',
    megabytes(after.memory),
    megabytes(before.memory),
    after.memory / before.memory,
    BAR,
  )
}
