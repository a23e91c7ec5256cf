import { expect, test } from 'vitest'
import { balanceLine, childBalanceLines } from '../../src/report/run-text.ts'
import { balanceOf, childBalanceOf } from '../../src/select/balance.ts'
import type { Event } from '../../src/state/event.ts'
import { reduce } from '../../src/state/reduce.ts'
import {
  counted,
  counter,
  exited,
  figures,
  forked,
  plan,
  reaped,
  SERVER,
  sample,
  sampled,
  stateAfter,
  tick,
} from '../state/support.ts'

const started: Event = { type: 'load-started', at: 2000, plan }
const progress = (at: number, connects: number): Event => ({
  type: 'load-progress',
  at,
  figures: figures({ connects, succeeded: connects }),
})
const accepted = (at: number, accepts: number) => counted(at, counter(SERVER, { accepts }))

test('what other clients made before the load is not under way', () => {
  const state = stateAfter(accepted(1500, 7), tick(1600), started, progress(2100, 50), accepted(2150, 49))
  expect(balanceOf(state)).toMatchObject({ others: 7, missing: -6, verdict: 'settling' })
  const later = reduce(state, [accepted(2250, 1), tick(2300)])
  expect(balanceOf(later)).toMatchObject({ connects: 50, others: 7, accepts: 57, verdict: 'others' })
  expect(balanceLine(later)).toBe(
    'connects 50 + others 7 = accepted 57 + queued 0 + refused 0: balanced, with 7 of other clients',
  )
})

test('not more is under way than there are clients', () => {
  const read = (at: number): Event => ({ type: 'probe-read', at, events: 0, dropped: 0, unfollowed: 0 })
  const state = stateAfter(started, progress(2100, 50), accepted(2100, 50 - plan.clients), read(2100))
  expect(balanceOf(state).verdict).toBe('settling')
  // Ten a second more are made than the two readings can tell apart.
  const later = reduce(state, [progress(2200, 52), read(2200)])
  expect(balanceOf(later).verdict).toBe('missing')
})

test('accepts by other clients only, as in a lab, have no negative term', () => {
  const state = stateAfter(accepted(1500, 3), tick(1600))
  expect(balanceLine(state)).toContain('connects 0 + others 3 = accepted 3')
})

test('where clients were served and no accept was counted, accepts are not seen', () => {
  const state = stateAfter(started, progress(2100, 50), tick(4000))
  expect(balanceOf(state)).toMatchObject({ accepts: null, verdict: 'not seen' })
  expect(balanceLine(state)).toBe(
    'connects 50 = accepted not seen + queued 0 + refused 0: accepts are not seen',
  )
})

test('children are running, zombies or reaped', () => {
  const state = stateAfter(
    forked(1100, 101),
    forked(1110, 102, { index: 1 }),
    forked(1120, 103, { index: 2, autoReap: true }),
    sampled(1130, [sample(104, { born: 1090 })]),
    exited(1200, 101),
    exited(1210, 102),
    exited(1220, 103),
    reaped(1230, 102),
  )
  expect(childBalanceOf(state)).toEqual({ forked: 4, running: 1, zombies: 1, reaped: 2, missing: 0 })
  expect(childBalanceLines(state)).toEqual(['forked 4 = running 1 + zombies 1 + reaped 2: balanced'])
})
