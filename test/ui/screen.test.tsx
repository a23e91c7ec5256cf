import { EventEmitter } from 'node:events'
import { render } from 'ink'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { frame } from '../../src/ui/frame.ts'
import { LateLines } from '../../src/ui/late-lines.ts'
import { LateLinesContext } from '../../src/ui/lines.tsx'
import { Screen } from '../../src/ui/screen.tsx'
import type { Size } from '../../src/ui/size.ts'
import { type Opened, opened, pressAll } from './support/controller.ts'
import { states } from './support/states.ts'
import { sizes, walks } from './support/walks.ts'

/** What Ink takes for its output: it keeps the rows of the latest frame. */
class Output extends EventEmitter {
  readonly isTTY = true
  readonly lines = new LateLines()
  readonly columns: number
  readonly rows: number
  latest: string[] = []
  frames = 0

  constructor({ width, height }: Size) {
    super()
    this.columns = width
    this.rows = height
  }

  write(text: string): boolean {
    if (text === '') return true
    this.latest = this.lines.resolve(text)
    this.frames++
    return true
  }
}

function draw({ controller, size }: Opened) {
  const output = new Output(size)
  const stdout = output as unknown as NodeJS.WriteStream
  const app = render(
    <LateLinesContext value={output.lines}>
      <Screen controller={controller} terminal={stdout} />
    </LateLinesContext>,
    { stdout, debug: true, patchConsole: false, exitOnCtrlC: false },
  )
  return { output, end: () => app.unmount() }
}

const trimmed = (lines: readonly string[]) => lines.map((line) => line.trimEnd())

// With it Ink draws nothing until its end.
const { CI } = process.env
beforeAll(() => {
  delete process.env.CI
})
afterAll(() => {
  if (CI !== undefined) process.env.CI = CI
})

const looks = ['nothing', 'with manual connections', 'under load', 'with a zombie and a killed child']
const some = sizes.filter(({ width }) => [40, 80, 120, 200].includes(width))

describe.each(looks)('of a server that is %s', (name) => {
  const state = states[name]!

  test.each(some)('Ink draws exactly the lines of frame() at $width×$height', (size) => {
    for (const keys of Object.values(walks)) {
      const screen = opened(state, size)
      pressAll(screen, keys)
      const { output, end } = draw(screen)
      const expected = trimmed(frame(state, screen.controller.view, size))
      // Ink ends with the last line that holds anything.
      expect([...output.latest, ...Array(size.height - output.latest.length).fill('')]).toEqual(expected)
      end()
    }
  })
})

test('a key is answered at once, new figures within a beat, and without either nothing is drawn', async () => {
  const screen = opened(states.up!)
  const { output, end } = draw(screen)
  const shows = async (text: string) => {
    while (!output.latest.some((line) => line.includes(text))) await new Promise(setImmediate)
  }
  screen.controller.press('?')
  await shows('HELP')
  screen.controller.press('escape')
  await shows('EVENTS')
  const { frames } = output
  screen.session.become(states['under load']!)
  await shows('300 accepts')
  expect(output.frames).toBe(frames + 1)
  end()
})
