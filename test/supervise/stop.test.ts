import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { survivors } from '../../src/supervise/failure.ts'
import { python, shell, within } from './support.ts'

/** How long a stop may take beyond its grace on a quick machine, in milliseconds: it tries, then it gives up. */
const PATIENCE = 7_000
const LONG = 600_000

const ignoring = `
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('ready', flush=True)
while True: time.sleep(60)`

test('a server is asked by the signal that was named', async () => {
  const script = 'trap "exit 1" TERM; trap "echo quit; exit 0" QUIT; echo ready; while :; do sleep 0.01; done'
  const { server, story } = await shell(script, { stopSignal: 'SIGQUIT' })
  await story.line('ready')
  await server.stop()
  expect(story.lines).toEqual(['ready', 'quit'])
  expect(story.all('server-stopping')).toMatchObject([{ signal: 'SIGQUIT' }])
  expect(story.all('server-gone')).toMatchObject([{ killed: 0 }])
})

test('the screen is told when the rest is killed, and it is not killed before', async () => {
  const { server, story } = await python(ignoring, { graceMs: 700 })
  await story.line('ready')
  await server.stop()
  const [{ at, until } = { at: 0, until: 0 }] = story.all('server-stopping')
  expect(until - at).toBeCloseTo(700)
  expect(story.all('server-ended')[0]!.at).toBeGreaterThanOrEqual(until)
  expect(story.all('server-ended')).toMatchObject([{ ending: { signal: 'SIGKILL' } }])
})

test('a second order kills at once', async () => {
  const { server, story } = await python(ignoring, { graceMs: LONG })
  await story.line('ready')
  void server.stop()
  await within(2_000, server.stop('now'), 'the end')
  expect(story.all('server-stopping').map(({ signal }) => signal)).toEqual(['SIGTERM', 'SIGKILL'])
  expect(story.all('server-gone')).toMatchObject([{ killed: 1 }])
})

test('when nobody watches any more, little time is left', async () => {
  const { server, story } = await python(ignoring, { graceMs: LONG })
  await story.line('ready')
  void server.stop()
  await within(2_000, server.stop('soon'), 'the end')
  await server.stop('soon')
  const graces = story.all('server-stopping').map(({ at, until }) => Math.round(until - at))
  expect(graces).toEqual([LONG, 1_500])
})

test('without grace there is no waiting', async () => {
  const { server, story } = await python(ignoring, { graceMs: 0 })
  await story.line('ready')
  await within(2_000, server.stop(), 'the end')
})

test('children of a server that has ended are asked, and given the time too', async () => {
  const { server, story } = await python(
    `
import os, signal, sys, time
if os.fork() == 0:
  def end(*_):
    time.sleep(0.5)
    print('saved', flush=True)
    os._exit(0)
  signal.signal(signal.SIGTERM, end)
  print('ready', flush=True)
  while True: signal.pause()
while True: signal.pause()`,
    { graceMs: LONG },
  )
  await story.line('ready')
  await server.stop()
  expect(story.lines).toEqual(['ready', 'saved'])
  expect(story.all('server-gone')).toMatchObject([{ killed: 0 }])
})

test('nobody is asked twice', async () => {
  const { server, story } = await python(
    `
import signal, sys, time
def asked(*_): print('asked', flush=True)
signal.signal(signal.SIGTERM, asked)
print('ready', flush=True)
while True: time.sleep(60)`,
    { graceMs: 500 },
  )
  await story.line('ready')
  await server.stop()
  expect(story.lines).toEqual(['ready', 'asked'])
})

test('a stopped process can still end in its own way', async () => {
  const { server, story } = await shell(
    'trap "echo bye; exit 0" TERM; echo ready; kill -STOP $$; while :; do sleep 0.01; done',
    { graceMs: LONG },
  )
  await story.line('ready')
  await server.stop()
  expect(story.lines).toEqual(['ready', 'bye'])
})

const PARENTS = `
import os, signal, sys, time
def parent_of(pid):
  return int(open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()[1])
launcher = os.getppid()
parents = [launcher, parent_of(launcher)]
`

test('a server that stops its launcher and its keeper is stopped nevertheless', async () => {
  const { server, story } = await python(`${PARENTS}
for pid in parents: os.kill(pid, signal.SIGSTOP)
print('ready', flush=True)
while True: time.sleep(60)`)
  await story.line('ready')
  await server.stop()
  expect(story.all('server-ended')).toMatchObject([{ ending: { signal: 'SIGTERM' } }])
  expect(story.all('server-gone')).toHaveLength(1)
})

test('one that stops them again and again is ended when the time is over', async () => {
  const { server, story } = await python(`${PARENTS}
if os.fork() == 0: os.setsid()
print('ready', flush=True)
while True:
  try:
    for pid in parents: os.kill(pid, signal.SIGSTOP)
  except ProcessLookupError: pass`)
  await story.line('ready')
  await within(1000 + PATIENCE, server.stop(), 'the stop')
  expect(story.all('server-gone')).toHaveLength(1)
})

test('what cannot be ended is named', () => {
  const [name] = readFileSync('/proc/self/comm', 'utf8').split('\n')
  expect(survivors(1, [process.pid])).toContain(`could not be ended (${name} ${process.pid}): look for them`)
  expect(survivors(5, [process.pid, process.pid])).toContain(', …)')
  expect(survivors(2, [])).toMatch(/^2 of the server's processes could not be ended: /)
})
