import { randomUUID } from 'node:crypto'
import { spawn } from 'node-pty'
import { expect, test } from 'vitest'
import { labs } from '../../servers/catalog.ts'
import { RUN } from '../../src/supervise/find-run.ts'
import { freePort } from '../support/free-port.ts'
import { node } from '../support/node.ts'
import { root } from '../support/root.ts'
import { cliPath, expectNothingLeft, runCli, startCli } from '../support/run-cli.ts'
import { until } from '../support/until.ts'
import { currentCall } from './start-lab.ts'

test('a lab prints its lines and returns whether its outcome was as the theory says', async () => {
  const { code, stdout, stderr } = await runCli('lab', 'rst')
  expect(stdout).toContain('read fails: ECONNRESET')
  expect(stderr).toBe('')
  expect(code).toBe(0)
})

test('every line arrives, in order, under the probe too', async () => {
  const { code, stdout } = await runCli('lab', 'sigpipe')
  expect(stdout).toMatch(/EPIPE[\s\S]*exit code 0\n2\. [\s\S]*13: ended by signal SIGPIPE\n.*\n$/)
  expect(code).toBe(0)
})

test('without a terminal the lab names its pid, and kill does the rest', async () => {
  const lab = startCli(['lab', 'self-pipe', '--window', '1'])
  let output = ''
  lab.process.stdout!.on('data', (text) => {
    output += text
  })
  const pid = Number(await until(() => /kill -USR1 (\d+)/.exec(output)?.[1], 'the pid'))
  process.kill(pid, 'SIGUSR1')
  const { code, stdout } = await lab.finished
  expect(stdout).toContain('Drained: 1 byte')
  expect(stdout).not.toContain('Enter')
  expect(code).toBe(0)
})

test('at a terminal Enter in the window does nothing, and the next one ends the race', async () => {
  const run = randomUUID()
  const lab = [node, cliPath, 'lab', 'signal-race', '--window', '1']
  // The shell waits for a line: what a terminal shows last may be lost when the last program in it ends.
  const terminal = spawn('sh', ['-c', '"$@"; echo "ended: $?"; read line', 'sh', ...lab], {
    cols: 100,
    rows: 30,
    cwd: root,
    env: { ...process.env, [RUN]: run },
  })
  let output = ''
  terminal.onData((text) => {
    output += text
  })
  const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)))
  const shown = (text: string) => until(() => output.includes(text), text)
  await shown('Enter sends SIGUSR1')
  await shown('The window is open')
  terminal.write('\r')
  await shown('SIGUSR1 sent')
  await shown('select waits')
  // Only now: a signal between the line and the call would be missed as well.
  const pid = Number(/kill -USR1 (\d+)/.exec(output)![1])
  await until(() => ['select', 'pselect'].includes(currentCall(pid)!), 'the wait in select')
  expect(output).not.toContain('Got signal')
  terminal.write('\r')
  await shown('ended: 0')
  expect(output).toContain('that signal was missed')
  terminal.write('\r')
  await ended
  await expectNothingLeft(run)
})

test('a lab that is interrupted leaves nothing, and was no success', async () => {
  for (const name of ['signal-race', 'ppoll']) {
    const lab = startCli(['lab', name])
    let output = ''
    lab.process.stdout!.on('data', (text) => {
      output += text
    })
    await until(() => output.includes('The window is open'), 'the window')
    lab.process.kill('SIGINT')
    expect((await lab.finished).code).toBe(1)
  }
})

test('herd: select and epoll wake every child for a connection, accept and EPOLLEXCLUSIVE one', async () => {
  const { code, stdout } = await runCli('lab', 'herd', '-p', `${await freePort()}`)
  const switched = (row: string) => Number(new RegExp(`^${row} +(\\S+)`, 'm').exec(stdout)?.[1])
  // Of ten; the wait for the request counts as one more at most.
  for (const row of ['select', 'epoll']) expect(switched(row)).toBeGreaterThan(5)
  for (const row of ['accept', 'EPOLLEXCLUSIVE']) expect(switched(row)).toBeLessThan(3)
  expect(code).toBe(0)
})

test('an unknown lab, an option that it has not, a signal that none can catch: a sentence and exit code 2', async () => {
  const names = labs.map(({ name }) => name).join(', ')
  const cases = [
    [['nope'], `No lab is called "nope". There are ${names}.`],
    [[], `Which lab? There are ${names}.`],
    [['rst', '--window', '3'], 'rst has no --window; signal-race, self-pipe, signalfd, ppoll have.'],
    [['signal-race', '--window', '61'], '--window takes a whole number from 1 to 60, not "61".'],
    [['signal-demo', '--signal', 'KILL'], 'No process can catch SIGKILL: choose another, such as USR1.'],
    [
      ['signal-demo', '--signal', 'NOPE'],
      '--signal takes the name or number of a signal, such as USR1 or 10, not "NOPE".',
    ],
  ] as const
  for (const [args, sentence] of cases) {
    const { code, stderr } = await runCli('lab', ...args)
    expect(stderr).toBe(`${sentence}\n`)
    expect(code).toBe(2)
  }
})

test('list names every lab', async () => {
  const { stdout } = await runCli('list')
  const lines = stdout.split('\n')
  for (const { name, summary } of labs)
    expect(
      lines.find((line) => line.startsWith(`  ${name} `)),
      name,
    ).toContain(` ${summary} `)
})
