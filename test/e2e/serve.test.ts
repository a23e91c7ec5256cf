import { describe, expect, test } from 'vitest'
import { ask } from '../support/ask.ts'
import { freePort } from '../support/free-port.ts'
import { runCli, startCli } from '../support/run-cli.ts'
import { until } from '../support/until.ts'

/** A server in the foreground that can be connected to. */
async function serve(...args: string[]) {
  const port = await freePort()
  const cli = startCli(['serve', ...args, '--port', `${port}`])
  let said = ''
  cli.process.stdout!.on('data', (chunk) => {
    said += chunk
  })
  await until(() => said.includes('Ctrl-C ends it'), 'the word that it serves')
  return { cli, port }
}

test('Ctrl-C ends the server, with the connections of each child', async () => {
  const { cli, port } = await serve('prefork', '--children', '3')
  for (let i = 0; i < 9; i++) await ask(port, '10')
  cli.process.kill('SIGINT')
  const { code, stdout } = await cli.finished
  expect(code).toBe(0)
  const children = [...stdout.matchAll(/child \d +(\d+)/g)].map(([, accepts]) => Number(accepts))
  expect(children).toHaveLength(3)
  expect(children.reduce((a, b) => a + b)).toBe(9)
})

test('why a server cannot be started is told in a sentence', async () => {
  const code = "Object.defineProperty(process, 'execPath', { value: '/no/such/node' })"
  const before = ['env', `NODE_OPTIONS=--import=data:text/javascript,${encodeURIComponent(code)}`]
  const port = `${await freePort()}`
  const finished = await startCli(['serve', 'select', '--port', port], { before }).finished
  expect(finished).toEqual({ code: 1, stdout: '', stderr: '/no/such/node: no such file: check the path.\n' })
})

describe('client', () => {
  test('puts load on a server that is there already', async () => {
    const { cli, port } = await serve('select')
    const { code, stdout, stderr } = await runCli(
      'client',
      '-p',
      `${port}`,
      '-c',
      '5',
      '-t',
      '20',
      '-b',
      '100',
    )
    expect(stdout).toMatch(/^100 connections succeeded, 0 failed\n10\.0 kB in/)
    expect([code, stderr]).toEqual([0, ''])
    cli.process.kill('SIGINT')
    await cli.finished
  })

  test('says with which errno it failed when nobody is there', async () => {
    const { code, stdout } = await runCli('client', '-p', `${await freePort()}`, '-c', '2', '-t', '5')
    expect(stdout).toMatch(/^0 connections succeeded, 10 failed \(ECONNREFUSED 10\)/)
    expect(code).toBe(1)
  })
})

describe('echo', () => {
  test('as several clients at the same time, each gets its own replies', async () => {
    const { cli, port } = await serve('fork', '--service', 'echo')
    const { code, stdout } = await runCli('echo', '-p', `${port}`, '--parallel', '8', 'one', 'two')
    const replies = stdout
      .trim()
      .split('\n')
      .map((line) => /^(\d): Echo=>(one|two) at /.exec(line)!.slice(1).join(' '))
    expect(replies.sort()).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].flatMap((client) => [`${client} one`, `${client} two`]),
    )
    expect(code).toBe(0)
    cli.process.kill('SIGINT')
    await cli.finished
  })

  test('sends each message and prints each reply', async () => {
    const { cli, port } = await serve('iterative', '--service', 'echo')
    const { code, stdout } = await runCli('echo', '-p', `${port}`, 'one', 'two words')
    expect(stdout).toMatch(/^Echo=>one at .*\nEcho=>two words at .*\n$/)
    expect(code).toBe(0)
    expect((await runCli('echo', '-p', `${port}`)).stdout).toMatch(/^Echo=>Hello network world at .*\n$/)
    cli.process.kill('SIGINT')
    await cli.finished
  })

  test('with --json prints each message, its reply and how long it took', async () => {
    const { cli, port } = await serve('iterative', '--service', 'echo', '--delay', '20')
    const { code, stdout } = await runCli('echo', '--json', '-p', `${port}`, 'one', 'two words')
    const reply = (message: string) => expect.stringMatching(new RegExp(`^Echo=>${message} at `))
    const ms = expect.any(Number)
    const exchanges = JSON.parse(stdout)
    expect(exchanges).toEqual([
      { sent: 'one', received: reply('one'), ms },
      { sent: 'two words', received: reply('two words'), ms },
    ])
    expect(exchanges[0].ms).toBeGreaterThan(10)
    expect(code).toBe(0)
    cli.process.kill('SIGINT')
    await cli.finished
  })

  test('with --json says of a message without a reply that there is none', async () => {
    const { code, stdout } = await runCli('echo', '--json', '-p', `${await freePort()}`, 'one')
    expect(JSON.parse(stdout)).toEqual([{ sent: 'one', received: null, ms: null }])
    expect(code).toBe(1)
  })

  test('says in a sentence that nobody listens', async () => {
    const port = await freePort()
    const { code, stderr } = await runCli('echo', '-p', `${port}`)
    expect(stderr).toBe(
      `Nothing listens on 127.0.0.1 port ${port}: start a server, or choose another with -i and -p.\n`,
    )
    expect(code).toBe(1)
  })
})

test('list names every model, in words and as JSON', async () => {
  const [{ stdout }, json] = [await runCli('list'), await runCli('list', '--json')]
  const models: { name: string; summary: string }[] = JSON.parse(json.stdout)
  expect(models.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['iterative', 'fork', 'prefork', 'prefork-fd', 'select']),
  )
  for (const { name, summary } of models) {
    expect(stdout).toContain(name)
    expect(stdout).toContain(summary)
  }
})
