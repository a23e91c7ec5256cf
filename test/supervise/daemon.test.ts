import { expect, test } from 'vitest'
import { python, until } from './support.ts'

/** A daemon as daemon(3) makes it, with two workers; it prints its pid. */
const daemon = `
import os, signal, sys, time
if os.fork() > 0: os._exit(0)
os.setsid()
workers = []
for i in range(2):
  pid = os.fork()
  if pid == 0:
    while True: time.sleep(60)
  workers.append(pid)
def end(*_):
  for pid in workers: os.kill(pid, signal.SIGTERM)
  for pid in workers: os.waitpid(pid, 0)
  print('bye', flush=True)
  os._exit(0)
signal.signal(signal.SIGTERM, end)
print(os.getpid(), flush=True)
while True: time.sleep(60)
`

test.each([false, true])(
  'a daemon is its server, and ends its workers when it is stopped (contained: %s)',
  async (contain) => {
    const { server, story } = await python(daemon, { graceMs: 600_000, contain })
    await until(() => story.all('server-daemonized').length > 0 && story.lines.length > 0, 'a daemon')
    const [{ pid } = { pid: 0 }] = story.all('server-daemonized')
    if (!contain) expect(String(pid)).toBe(story.lines[0])
    expect(story.all('server-ended')).toEqual([])
    expect(story.all('reaped')).toMatchObject([{ pid: server.pid, by: server.launcher, ending: { code: 0 } }])
    await server.stop()
    expect(story.lines.at(-1)).toBe('bye')
    expect(story.all('server-ended')).toMatchObject([{ pid, ending: { code: 0 } }])
    expect(story.all('server-gone')).toMatchObject([{ killed: 0 }])
  },
)

test('when a new version goes on in the place of the old one, it is the server', async () => {
  const { server, story } = await python(`
import os, signal, time
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
if os.fork() > 0: os._exit(0)
signal.sigwait({signal.SIGUSR1})
if os.fork() > 0: os._exit(0)
while True: time.sleep(60)`)
  process.kill((await story.first('server-daemonized')).pid, 'SIGUSR1')
  await until(() => story.all('server-daemonized').length === 2, 'two successions')
  await server.stop()
  expect(story.all('server-ended')).toMatchObject([{ ending: { signal: 'SIGTERM' } }])
})

test('a daemon that ends by itself is over', async () => {
  const { server, story } = await python(`
import os, time
if os.fork() > 0: os._exit(0)
while True: time.sleep(60)`)
  const { pid } = await story.first('server-daemonized')
  process.kill(pid, 'SIGUSR1')
  await server.gone
  expect(story.all('server-ended')).toMatchObject([{ pid, ending: { signal: 'SIGUSR1' } }])
})

test('a first process that fails takes the server with it, whoever is left', async () => {
  const { server, story } = await python(`
import os, time
if os.fork() > 0: os._exit(1)
time.sleep(600)`)
  await story.first('server-ended')
  expect(story.all('server-daemonized')).toEqual([])
  await server.stop()
})
