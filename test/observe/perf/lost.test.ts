import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { nativePath } from '../../../servers/posix/native.ts'
import { startPython } from '../../support/start-program.ts'
import { until } from '../../support/until.ts'
import { compileServer, finish, mayWatch, startServer, waiting, watch, why } from './watch.ts'

describe.skipIf(!mayWatch)(`what perf cannot see it does not hide${why}`, () => {
  test('a ring that overflows while the reader is stopped: counts are said to be too low', async () => {
    const program = await startPython(
      waiting(`import socket
listener = socket.socket()
listener.listen()
listener.setblocking(False)
for i in range(100000):
  try: listener.accept()
  except BlockingIOError: pass`),
    )
    const { source, of, accepts } = await watch(program.pid)
    process.kill(source.pid!, 'SIGSTOP')
    await finish(program)
    process.kill(source.pid!, 'SIGCONT')
    await source.settle()
    expect(source.inexact).toContain('its counts may be too low')
    expect(accepts()[0]!.eagain).toBeLessThan(100_000)
    expect(of('perf-read').at(-1)!.lost).not.toBe(0)
  })

  test('after an overflow the processes that were missed are found, and those that ended are told', async () => {
    const program = await startPython(
      waiting(`first = os.fork()
if first == 0: signal.pause()
print('forked', first, flush=True)
sys.stdin.read(1)
for i in range(20000):
  os.kill(os.getpid(), signal.SIGURG)
os.kill(first, signal.SIGKILL)
os.waitpid(first, 0)
second = os.fork()
if second == 0: signal.pause()
print('second', second, flush=True)`),
    )
    const { source, of } = await watch(program.pid)
    program.process.stdin!.write('.')
    const first = Number(await until(() => /forked (\d+)/.exec(program.output())?.[1], 'a child'))
    await source.settle()
    process.kill(source.pid!, 'SIGSTOP')
    await finish(program)
    process.kill(source.pid!, 'SIGCONT')
    await source.settle()
    const second = Number(/second (\d+)/.exec(program.output())![1])
    expect(source.inexact).not.toBeNull()
    expect([...of('ended'), ...of('reaped')].map(({ pid }) => pid)).toContain(first)
    expect([...of('found'), ...of('forked')].map(({ pid }) => pid)).toContain(second)
  })

  test('the reader is killed: that is told, and orders are refused', async () => {
    const { pid } = await startServer(compileServer(), 'prefork', '2')
    const { source, of } = await watch(pid)
    process.kill(source.pid!, 'SIGKILL')
    await until(() => of('perf-ended').length > 0, 'the end of the reader')
    expect(of('perf-ended')).toMatchObject([
      { reason: expect.stringContaining('ended too early, by SIGKILL') },
    ])
    expect(source.inexact).toContain('nothing was seen')
    await expect(source.settle()).rejects.toThrow('ended too early')
    await source.stop()
  })

  test('the reader ends when the program that started it is killed', async () => {
    const script = `import subprocess, sys
reader = subprocess.Popen([${JSON.stringify(nativePath('perf-reader'))}], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
reader.stdout.read(32)
print('ready', reader.pid, flush=True)
sys.stdin.read()`
    const program = await startPython(script)
    const reader = Number(/ready (\d+)/.exec(program.output())![1])
    program.process.kill('SIGKILL')
    await until(() => !existsSync(`/proc/${reader}`) || isZombie(reader), 'the end of the reader')
  })

  test('nobody else sees the tracefs that it mounted', async () => {
    const mounts = () => readFileSync('/proc/self/mounts', 'utf8')
    const before = mounts()
    await watch(process.pid)
    expect(mounts()).toBe(before)
  })
})

function isZombie(pid: number): boolean {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
}
