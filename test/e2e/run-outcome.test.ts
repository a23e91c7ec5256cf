import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { violations } from '../report/validate.ts'
import { findRun } from '../support/find-run.ts'
import { freePort } from '../support/free-port.ts'
import { python } from '../support/python.ts'
import { runCli, startCli } from '../support/run-cli.ts'
import { reportOf, runJson } from '../support/run-json.ts'
import { until } from '../support/until.ts'

const FEW = ['-c', '2', '-t', '10']
const LONG = ['-c', '2', '-t', '200', '--delay', '20']

/** A server that answers twenty clients with a byte, and does something before and `after`; the last is not closed. */
const answering = (before: string, after: string) =>
  [
    'import os, signal, socket, sys, time',
    `s = socket.create_server(("127.0.0.1", int(sys.argv[1])))`,
    before,
    'for i in range(20):',
    '    c = s.accept()[0]',
    '    c.recv(64)',
    '    c.send(b"x")',
    '    if i < 19: c.close()',
    after,
  ].join('\n')

describe('run ends with 1', () => {
  test('when the server ends by itself, although every connection succeeded', async () => {
    // The last client sees the end of its connection only when the server has ended.
    const { load, code, exits } = await runJson(
      ...FEW,
      '--',
      python,
      '-c',
      answering('', 'os._exit(0)'),
      '{port}',
    )
    expect(load).toMatchObject({ succeeded: 20, failed: {} })
    expect(exits).toEqual([{ ending: 'exit code 0', count: 1 }])
    expect(code).toBe(1)
  })

  test('when zombies are left that are not meant', async () => {
    const script = answering('if os.fork() == 0: os._exit(0)', 'signal.pause()')
    const { load, code, children } = await runJson(...FEW, '--', python, '-c', script, '{port}')
    expect(load).toMatchObject({ succeeded: 20, failed: {} })
    expect(children).toEqual({ forked: 1, running: 0, zombies: 1, reaped: 0 })
    expect(code).toBe(1)
  })

  test('not when zombies come and are waited for', async () => {
    const wait = 'time.sleep(0.3); os.wait(); signal.pause()'
    const script = answering('if os.fork() == 0: os._exit(0)', wait)
    const { code, children } = await runJson(...FEW, '--', python, '-c', script, '{port}')
    expect(children).toEqual({ forked: 1, running: 0, zombies: 0, reaped: 1 })
    expect(code).toBe(0)
  })
})

describe('{port} in a command of one’s own', () => {
  test('becomes a free port', async () => {
    const { load, listeners, code } = await runJson(
      ...FEW,
      '--',
      python,
      '-c',
      answering('', 'signal.pause()'),
      '{port}',
    )
    expect(load.succeeded).toBe(20)
    expect(listeners).toHaveLength(1)
    expect(code).toBe(0)
  })

  test('becomes --port, wherever it stands in a word', async () => {
    const port = await freePort()
    const script = answering('', 'signal.pause()').replace(
      'int(sys.argv[1])',
      'int(sys.argv[1].split("=")[1])',
    )
    const { listeners, code } = await runJson(
      ...FEW,
      '--port',
      `${port}`,
      '--',
      python,
      '-c',
      script,
      '--listen={port}',
    )
    expect(listeners.map(({ address }) => address)).toEqual([`127.0.0.1:${port}`])
    expect(code).toBe(0)
  })
})

describe('run --signal', () => {
  test('sends the signal to the server while the load runs, and the report tells of it', async () => {
    const cli = startCli([
      'run',
      'iterative',
      ...LONG,
      '--json',
      '--signal',
      'TERM@200ms',
      '--port',
      `${await freePort()}`,
    ])
    const finished = await cli.finished
    const { signals, processes } = reportOf(finished)
    expect(signals).toContainEqual(expect.objectContaining({ name: 'SIGTERM', from: 'you', count: 1 }))
    expect(processes[0]!.exit).toBe('ended by SIGTERM')
    expect(finished.code).toBe(1) // the connections failed after it
  })

  test('sends it to all children for :workers, and not to their parent', async () => {
    const { signals, code, load } = await runJson(
      'prefork',
      ...['--children', '3', '-c', '2', '-t', '40', '--delay', '20'],
      ...['--signal', 'WINCH@100ms:workers', '--port', `${await freePort()}`],
    )
    const sent = signals.filter(({ name }) => name === 'SIGWINCH')
    expect(sent).toHaveLength(3)
    expect(sent.every(({ from, count }) => from === 'you' && count === 1)).toBe(true)
    expect(load).toMatchObject({ succeeded: 80, failed: {} })
    expect(code).toBe(0)
  })

  test('says in a sentence that the load had ended before, and that it was not well', async () => {
    const args = [
      'run',
      'iterative',
      '-c',
      '1',
      '-t',
      '1',
      '--signal',
      'HUP@1h',
      '--port',
      `${await freePort()}`,
    ]
    const { code, stdout, stderr } = await runCli(...args)
    expect(stdout).toContain('1 connections succeeded')
    expect(stderr).toBe('SIGHUP@1h was not sent: the load had ended before.\n')
    expect(code).toBe(1)
  })
})

test('who interrupts a run before its server listens gets a report of no load, and no complaint', async () => {
  const cli = startCli(['run', '--json', '--', python, '-c', 'import time; time.sleep(1000)'])
  const isServer = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith(python)
  await until(() => findRun(cli.run).some(isServer), 'the server')
  cli.process.kill('SIGINT')
  const finished = await cli.finished
  const report = reportOf(finished)
  expect(violations(report)).toEqual([])
  expect(report.load).toMatchObject({ connections: null, succeeded: 0, latency: null })
  expect([finished.code, finished.stderr]).toEqual([130, ''])
})
