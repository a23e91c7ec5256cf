import { expect, test } from 'vitest'
import { runLab } from './start-lab.ts'

/** The figures of a row of the lab's table. */
function figures(output: string, row: string): number[] {
  const line = output.split('\n').find((line) => line.startsWith(row))
  if (!line) throw new Error(output)
  return line.slice(row.length).trim().split(/\s+/).map(Number)
}

test('sendfile: a copy takes a read and a write for each 64 KiB, sendfile(2) one call for the file', async () => {
  const { code, output } = await runLab('sendfile')
  const [copies] = figures(output, 'read and write')
  const [calls] = figures(output, 'sendfile')
  // 32 MiB: a read and a write for each chunk, and the read that finds the end.
  expect(copies).toBe(2 * 512 + 1)
  expect(calls).toBe(1)
  expect(code).toBe(0)
})

test('sendfile tells CPU time and throughput of both ways', async () => {
  const { output } = await runLab('sendfile')
  for (const row of ['read and write', 'sendfile'])
    for (const figure of figures(output, row)) expect(figure).toBeGreaterThan(0)
})

test('cork: header and body leave in one segment, with TCP_NODELAY in two', async () => {
  const { code, output } = await runLab('cork')
  const [noDelay] = figures(output, 'TCP_NODELAY')
  const [corked] = figures(output, 'TCP_CORK')
  expect(noDelay).toBe(50)
  expect(corked).toBe(25)
  expect(code).toBe(0)
})

test('cork: left alone, the body waits for the header’s acknowledgement', async () => {
  const { output } = await runLab('cork')
  const [segments, milliseconds] = figures(output, 'neither')
  const [, noDelay] = figures(output, 'TCP_NODELAY')
  expect(segments).toBe(50)
  expect(milliseconds).toBeGreaterThan(noDelay!)
})
