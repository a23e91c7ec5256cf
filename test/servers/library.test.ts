import { expect, test } from 'vitest'
import { findModel } from '../../servers/catalog.ts'
import { serve } from '../../servers/index.ts'

function* handle() {}

test.each([
  ['thread', 'thread cannot run a handler of yours: its threads run no JavaScript.'],
  ['prethread', 'prethread cannot run a handler of yours: its threads start the whole program anew.'],
  [
    'prethread-dispatch',
    'prethread-dispatch cannot run a handler of yours: its threads start the whole program anew.',
  ],
  ['fork', 'fork may fork: start Node with --single-threaded --v8-pool-size=0.'],
  ['epoll', 'epoll may fork: start Node with --single-threaded --v8-pool-size=0.'],
])('%s refuses what it cannot do before it opens a port', async (name, sentence) => {
  await expect(serve(name, { handle })).rejects.toThrow(sentence)
})

test('a model that nobody knows is refused with the names of those there are', async () => {
  await expect(serve('frok', { handle })).rejects.toThrow(
    /No model is called "frok". There are iterative, fork,/,
  )
})

test('a name with "thread" in it decides nothing', () => {
  expect(findModel('event-loop')).toMatchObject({ node: 'with-threads', showsThreads: true })
  expect(findModel('event-loop')!.noHandler).toBeUndefined()
})
