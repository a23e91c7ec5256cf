import { expect, test } from 'vitest'
import { runLab } from './start-lab.ts'

test('rst: an ordinary close is the end of the stream, one that resets is ECONNRESET at the peer', async () => {
  const { code, output } = await runLab('rst')
  expect(output).toMatch(/FIN\.\n.*read returns 0, the end of the stream\n/)
  expect(output).toMatch(/RST\.\n.*read fails: ECONNRESET\n/)
  expect(code).toBe(0)
})

test('sigpipe: who ignores SIGPIPE reads ECONNRESET, writes EPIPE, and lives', async () => {
  const { code, output } = await runLab('sigpipe')
  const [, ignoring = ''] = output.split(/^\d\. /m)
  expect(ignoring).toMatch(/read fails: ECONNRESET\n.*writes all the same\n.*write fails: EPIPE\n/)
  expect(ignoring).toContain('wait status is exit code 0')
  expect(code).toBe(0)
})

test('sigpipe: who leaves it its default action dies of signal 13 in the write', async () => {
  const { output } = await runLab('sigpipe')
  const [, , ended = ''] = output.split(/^\d\. /m)
  expect(ended).toMatch(
    /read fails: ECONNRESET\n.*writes all the same\n.*wait status is 13: ended by signal SIGPIPE/,
  )
  expect(ended).not.toContain('write fails')
})
