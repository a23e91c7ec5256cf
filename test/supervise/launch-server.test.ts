import { expect, test, vi } from 'vitest'
import { launchServer } from '../../src/supervise/launch-server.ts'
import { harmless } from './harmless.ts'
import { python, Story, shell, start, until } from './support.ts'

test('a server is told from its start to its end', async () => {
  const { server, story } = await shell('echo ready; read never; exit 3')
  await server.gone
  expect(story.lines).toEqual(['ready'])
  const types = story.events.map(({ type }) => type).filter((type) => type !== 'output')
  expect(types).toEqual(['server-starting', 'server-started', 'server-ended', 'server-gone'])
  expect(story.all('server-started')).toMatchObject([{ pid: server.pid, launcher: server.launcher }])
  expect(story.all('server-ended')).toMatchObject([{ pid: server.pid, ending: { code: 3 } }])
  expect(story.all('server-gone')).toMatchObject([{ killed: 0 }])
})

test('times are those of CLOCK_MONOTONIC and do not run backwards', async () => {
  const before = Number(process.hrtime.bigint()) / 1e6
  const { server, story } = await shell('exit 0')
  await server.gone
  const times = story.events.map(({ at }) => at)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(times[0]).toBeGreaterThanOrEqual(before)
})

test('a server that dies of a signal is told so', async () => {
  const { server, story } = await shell('kill -SEGV $$')
  await server.gone
  expect(story.all('server-ended')).toMatchObject([{ ending: { signal: 'SIGSEGV' } }])
})

test.each([
  ['nosuch', 'nosuch: command not found: check the spelling, or give its whole path.'],
  ['./nosuch', './nosuch: no such file: check the path.'],
  [
    './support.ts',
    './support.ts: permission denied: make it executable with "chmod +x", or name the program that runs it.',
  ],
  ['/tmp', '/tmp: is a folder: name the program in it.'],
])('starting %s fails with a sentence', async (command, reason) => {
  const { server, story } = await start([command])
  await server.gone
  expect(server.pid).toBeNull()
  expect(story.events).toMatchObject([{ type: 'server-starting' }, { type: 'server-failed', reason }])
})

test('a folder that does not exist fails with a sentence', async () => {
  const story = new Story()
  const server = await launchServer({
    ...harmless,
    command: 'true',
    args: [],
    emit: story.emit,
    cwd: '/no/such/folder',
  })
  await server.gone
  expect(story.all('server-failed')).toMatchObject([
    { reason: '/no/such/folder: no such folder to start the server in: check the path.' },
  ])
})

test('settings reach the server and not the launcher', async () => {
  vi.stubEnv('INHERITED', 'one two')
  const story = new Story()
  const server = await launchServer({
    ...harmless,
    command: 'sh',
    args: ['-c', 'echo "$INHERITED|$GREETING|$CSDESIGN_RUN"'],
    env: { GREETING: 'a=b c', LD_PRELOAD: '' },
    cwd: '/',
    emit: story.emit,
  })
  vi.unstubAllEnvs()
  await server.gone
  expect(story.lines).toEqual([`one two|a=b c|${server.run}`])
})

test('a server has empty input, no terminal, default signals and no descriptor of ours', async () => {
  const { server, story } = await python(`
import os
print(os.readlink('/proc/self/fd/0'), sorted(os.listdir('/proc/self/fd'))[:-1])
print([line.split()[1] for line in open('/proc/self/status') if line.startswith(('SigBlk'))])
print(os.getpgrp() == os.getpid(), os.getsid(0) == os.getsid(os.getppid()))
try: open('/dev/tty')
except OSError as error: print(error.errno)
`)
  await server.gone
  expect(story.lines).toEqual(["/dev/null ['0', '1', '2']", "['0000000000000000']", 'True True', '6'])
})

test('a server can open its output by name, as under a shell', async () => {
  const { server, story } = await shell('echo one > /dev/stdout; echo two > /dev/stderr')
  await server.gone
  expect(story.all('output')).toMatchObject([
    { stream: 'stdout', line: 'one' },
    { stream: 'stderr', line: 'two' },
  ])
})

test('children that live on after their server are reported when they end', async () => {
  const { server, story } = await shell(
    'sh -c "read never < /dev/zero & exit 0"; sh -c "kill -USR1 \\$\\$" & exit 5',
  )
  await until(() => story.all('reaped').length === 1, 'an orphan reaped')
  expect(story.all('server-ended')).toMatchObject([{ ending: { code: 5 } }])
  expect(story.all('reaped')).toMatchObject([{ by: server.launcher, ending: { signal: 'SIGUSR1' } }])
  expect(story.all('server-gone')).toEqual([])
  await server.stop()
  expect(story.all('reaped')[1]).toMatchObject({ ending: { signal: 'SIGTERM' } })
})

test('a server that ends its children itself is given the time for it', async () => {
  const { server, story } = await python(`
import signal, sys, time
def end(*_):
  time.sleep(0.3)
  print('bye', flush=True)
  sys.exit(0)
signal.signal(signal.SIGTERM, end)
print('ready', flush=True)
while True: signal.pause()`)
  await story.line('ready')
  await server.stop()
  expect(story.lines).toEqual(['ready', 'bye'])
  expect(story.all('server-ended')).toMatchObject([{ ending: { code: 0 } }])
  expect(story.all('server-gone')).toMatchObject([{ killed: 0 }])
})

test('children that outlive a stopped server are not waited for as long as the server is', async () => {
  const stop = async (script: string) => {
    const { server, story } = await shell(script)
    await story.line('ready')
    await server.stop()
    return { story, took: story.all('server-gone')[0]!.at - story.all('server-stopping')[0]!.at }
  }
  const { story, took } = await stop('sleep 60 & echo ready; exec sleep 60')
  expect(story.all('reaped')).toMatchObject([{ ending: { signal: 'SIGTERM' } }])
  expect(took).toBeGreaterThan(150)
  expect(took).toBeLessThan((await stop('trap "" TERM; echo ready; exec sleep 60')).took)
})

test('stopping twice, or after the end, is stopping once', async () => {
  const { server, story } = await shell('exec sleep 60')
  await Promise.all([server.stop(), server.stop()])
  await server.stop()
  expect(story.all('server-stopping')).toHaveLength(1)
  expect(story.all('server-gone')).toHaveLength(1)
})
