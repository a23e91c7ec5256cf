import { expect, test } from 'vitest'
import { monotonic } from '../../src/clock.ts'
import { listChildren } from '../../src/observe/list-children.ts'
import { ProcessSampler } from '../../src/observe/sample-processes.ts'
import type { ProcessSample } from '../../src/state/event.ts'
import { startPython } from '../support/start-program.ts'
import { until } from '../support/until.ts'

const UNLIMITED = 1e9

const family = `
import os, signal, sys, time
def child(run):
  pid = os.fork()
  if pid == 0:
    run()
    while True: signal.pause()
  return pid
def ready(*pids):
  print(*pids, 'ready', flush=True)
  sys.stdin.read()
`

/** Starts a family and samples those below its first process, once or more. */
async function sampleFamily(script: string) {
  const program = await startPython(family + script)
  const pids = program.output().trim().split(' ').slice(0, -1).map(Number)
  const sampler = new ProcessSampler(program.pid, ' ff:ff 1 ')
  const look = () => new Map(sampler.sample(UNLIMITED).processes.map((sample) => [sample.pid, sample]))
  return { program, pids, sampler, look }
}

test('children are found, with their children, and what they wait in', async () => {
  const { pids, look, program } = await sampleFamily(`
grandchild = os.pipe()
def parent():
  os.write(grandchild[1], b'%d' % child(lambda: None))
a, b = child(parent), child(lambda: time.sleep(100))
ready(a, b, int(os.read(grandchild[0], 100)))`)
  expect(listChildren(program.pid).toSorted()).toEqual(pids.slice(0, 2).toSorted())
  const seen = await until(() => {
    const samples = look()
    return pids.every((pid) => samples.get(pid)?.state === 'S') && samples
  }, 'three sleeping children')
  const [a, b, c] = pids.map((pid) => seen.get(pid)!)
  expect([a!.parent, b!.parent, c!.parent]).toEqual([program.pid, program.pid, a!.pid])
  expect([a!.waitsIn, b!.waitsIn]).toEqual(['pause', 'nanosleep'])
  expect(seen.size).toBe(3)
})

test('the last look is at everyone, also at those whose turn it was not', async () => {
  const { pids, sampler } = await sampleFamily(`
ready(*[child(lambda: None) for _ in range(5)])`)
  // No time for more than one of them.
  sampler.sample(0)
  const { processes } = sampler.sample(UNLIMITED, { withStatus: true })
  expect(processes.map(({ pid }) => pid).toSorted()).toEqual(pids.toSorted())
})

test('a name that would take over the terminal is made harmless', async () => {
  const { pids, look } = await sampleFamily(`
import ctypes
def rename(): ctypes.CDLL(None).prctl(15, b') R 1 (\\x1b[31m\\n', 0, 0, 0)
ready(child(rename))`)
  const sample = await until(() => {
    const found = look().get(pids[0]!)
    return found?.name.includes(')') && found
  }, 'the new name')
  expect(sample.name).toBe(') R 1 (·')
})

test('a zombie is one, with how it ended', async () => {
  const { pids, look } = await sampleFamily(`
def die(): os.kill(os.getpid(), signal.SIGKILL)
ready(child(lambda: os._exit(7)), child(die))`)
  const zombies = await until(() => {
    const samples = pids.map((pid) => look().get(pid)!)
    return samples.every(({ state }) => state === 'Z') && samples
  }, 'two zombies')
  expect(zombies.map(({ ending }) => ending)).toEqual([{ code: 7 }, { signal: 'SIGKILL' }])
})

test('a stopped process is one, and the signals it catches and ignores are named', async () => {
  const { pids, look } = await sampleFamily(`
def prepare():
  signal.signal(signal.SIGUSR1, lambda *_: None)
  signal.signal(signal.SIGHUP, signal.SIG_IGN)
  os.kill(os.getpid(), signal.SIGSTOP)
ready(child(prepare))`)
  const sample = await until(() => {
    const found = look().get(pids[0]!)
    return found?.state === 'T' && found.catches?.includes('SIGUSR1') && found
  }, 'a stopped child')
  expect(sample.ignores).toContain('SIGHUP')
})

test('births are told on the clock of all events', async () => {
  const before = monotonic()
  const { pids, look } = await sampleFamily('ready(child(lambda: None))')
  const { born } = look().get(pids[0]!)!
  expect(born).toBeGreaterThan(before - 50)
  expect(born).toBeLessThan(monotonic() + 50)
})

test('a process that was followed and reaped is told to be gone', async () => {
  const { pids, look, sampler, program } = await sampleFamily(`
pid = child(lambda: None)
print(pid, 'ready', flush=True)
sys.stdin.readline()
os.kill(pid, signal.SIGKILL)
os.waitpid(pid, 0)
print('reaped', flush=True)
sys.stdin.read()`)
  expect(look().has(pids[0]!)).toBe(true)
  program.process.stdin!.write('\n')
  await until(() => program.output().includes('reaped'), 'the reaping')
  expect(sampler.sample(UNLIMITED)).toMatchObject({ processes: [], gone: pids })
})

test('a large family is looked at a part at a time, and everybody gets a turn', async () => {
  const { pids, sampler } = await sampleFamily('ready(*[child(lambda: None) for _ in range(60)])')
  const seen = new Set<number>()
  let looks = 0
  for (; seen.size < pids.length && looks < 200; looks++)
    for (const { pid } of sampler.sample(0).processes satisfies ProcessSample[]) seen.add(pid)
  expect(seen.size).toBe(60)
  expect(looks).toBeGreaterThan(1)
})
