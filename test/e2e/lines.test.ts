import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { RUN } from '../../src/supervise/find-run.ts'
import { ask } from '../support/ask.ts'
import { temporaryFolder } from '../support/compile.ts'
import { freePort } from '../support/free-port.ts'
import { node } from '../support/node.ts'
import { root } from '../support/root.ts'
import { cliPath, expectNothingLeft, startCli } from '../support/run-cli.ts'
import { until } from '../support/until.ts'

/** What `serve` prints of a service that writes when it is asked, until it has printed what is waited for. */
async function linesOf(write: string, awaited: string): Promise<string> {
  const service = join(temporaryFolder(), 'service.ts')
  writeFileSync(
    service,
    `import { writeSync } from 'node:fs'
     export function* handle(connection) {
       yield* connection.read(new Uint8Array(16))
       ${write}
     }`,
  )
  const port = await freePort()
  const cli = startCli(['serve', 'iterative', '--service', service, '--port', `${port}`])
  let printed = ''
  cli.process.stdout!.on('data', (chunk) => {
    printed += chunk
  })
  cli.process.stderr!.on('data', (chunk) => {
    printed += chunk
  })
  await until(() => printed.includes('Ctrl-C ends it'), 'the word that it serves')
  await ask(port, '1')
  await until(() => printed.includes(awaited), awaited)
  cli.process.kill('SIGINT')
  expect((await cli.finished).code).toBe(0)
  return printed
}

test('equal lines are all printed, however fast they come', async () => {
  const write = `for (let i = 0; i < 3; i++) writeSync(2, 'the same\\n')
    writeSync(1, 'the end\\n')`
  const printed = await linesOf(write, 'the end')
  expect(printed.match(/^the same$/gm)).toHaveLength(3)
})

test('output that comes too fast to be read is told as skipped', async () => {
  const write = `writeSync(2, 'a line of forty characters, or about that\\n'.repeat(1000))`
  const printed = await linesOf(write, 'skipped')
  expect(printed).toMatch(/^\([\d.]+ kB of output skipped: it came too fast\)$/m)
})

/** The first lines that a command prints, whose reader then goes; the exit code and what it says of that. */
async function firstLine(...args: string[]) {
  const run = randomUUID()
  const child = spawn(node, [cliPath, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, [RUN]: run },
  })
  const ended = once(child, 'exit')
  const errors = text(child.stderr)
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const [code] = await ended
  await expectNothingLeft(run)
  return { code, errors: await errors }
}

test('a reader that goes, as behind "| head", ends a lab without a word, and nothing of it is left', async () => {
  // It goes on for a while after its first line, so that it writes to a pipe that nobody reads.
  const { code, errors } = await firstLine('lab', 'self-pipe', '--window', '1')
  expect(errors).toBe('')
  expect(code).toBe(1)
})
