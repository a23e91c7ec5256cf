import { expect, test } from 'vitest'
import { models } from '../../../servers/catalog.ts'
import type { Options } from '../../../src/options/table.ts'
import { ask } from '../../support/ask.ts'
import { limit } from '../../support/calibration.ts'
import { startServer } from '../../support/start-server.ts'

const DELAY = 250
const CLIENTS = 6

/** How long each of six clients that come at once is kept waiting, in milliseconds. */
async function waits(model: string, given: Partial<Options> = {}): Promise<number[]> {
  const server = await startServer(model, { children: CLIENTS, delay: DELAY, ...given })
  try {
    const answers = await Promise.all(Array.from({ length: CLIENTS }, () => ask(server.port, '10')))
    expect(answers.map(({ bytes }) => bytes.length)).toEqual(Array(CLIENTS).fill(10))
    return answers.map(({ milliseconds }) => milliseconds)
  } finally {
    await server.end()
  }
}

test.each<[string, Partial<Options>]>([
  ...models.map(({ name }): [string, Partial<Options>] => [name, {}]),
  ['epoll', { edge: true }],
])('%s %o works for every client as long as it was told to', async (model, given) => {
  for (const wait of await waits(model, given)) expect(wait).toBeGreaterThanOrEqual(DELAY - 2)
})

test('with iterative each waits for those before', async () => {
  expect(Math.max(...(await waits('iterative')))).toBeGreaterThanOrEqual(CLIENTS * DELAY - 5)
})

test.each(['fork', 'prefork', 'prefork-fd', 'select', 'poll', 'epoll', 'event-loop', 'cluster'])(
  'with %s nobody waits for another',
  async (model) => {
    // So long that what the machine needs for six clients is little beside it.
    const delay = Math.ceil(limit(DELAY / 2))
    expect(Math.max(...(await waits(model, { delay })))).toBeLessThan(CLIENTS * delay)
  },
)
