import { describe, expect, test } from 'vitest'
import { startProgram, startPython } from '../../support/start-program.ts'
import { until } from '../../support/until.ts'
import { compileServer, finish, mayWatch, waiting, watch, why } from './watch.ts'

describe.skipIf(!mayWatch)(`perf follows processes${why}`, () => {
  test('thousands of forks, each told once and in order', async () => {
    const program = await startPython(
      waiting(`for i in range(2000):
  pid = os.fork()
  if pid == 0: os._exit(i % 256)
  os.waitpid(pid, 0)`),
    )
    const { source, of } = await watch(program.pid)
    await finish(program)
    await source.settle()
    expect(source.inexact).toBeNull()
    expect(of('forked').map(({ index }) => index)).toEqual(Array.from({ length: 2000 }, (_, i) => i))
    expect(of('ended').map(({ ending }) => ending)).toEqual(
      Array.from({ length: 2000 }, (_, i) => ({ code: i % 256 })),
    )
    expect(of('reaped')).toHaveLength(2000)
  })

  test('a pid that is used again is another process', async () => {
    const program = startProgram(compileServer({ source: 'reuse-pid.c' }), [])
    await until(() => program.output().includes('ready'), 'the word ready')
    const { source, of, accepts } = await watch(program.pid)
    program.process.stdin!.write('.')
    await program.ended
    await source.settle()
    const [first, second] = of('forked')
    expect(second!.pid).toBe(first!.pid)
    expect(accepts().map((thread) => [thread.pid, thread.accepts])).toEqual([
      [first!.pid, 1],
      [first!.pid, 2],
    ])
    expect(of('ended').map(({ ending }) => ending)).toEqual([{ code: 1 }, { code: 2 }, { code: 0 }])
  })

  test('signals: ignored, already pending, by a process outside, and what ended a process', async () => {
    const program = await startPython(
      waiting(`signal.signal(signal.SIGUSR1, lambda *_: None)
signal.signal(signal.SIGUSR2, signal.SIG_IGN)
own = os.getpid()
os.kill(own, signal.SIGUSR2)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
for _ in range(3): os.kill(own, signal.SIGUSR1)
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1])
for end in (signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV, signal.SIGUSR1):
  child = os.fork()
  if child == 0:
    signal.signal(signal.SIGUSR1, signal.SIG_DFL)
    os.kill(os.getpid(), end)
  os.waitpid(child, 0)
if os.fork() == 0: os._exit(4)`),
    )
    const { source, of } = await watch(program.pid)
    await finish(program)
    process.kill(program.pid, 'SIGWINCH')
    await source.settle()
    const { pid } = program
    const sent = of('signal-sent').filter(({ to }) => to === pid)
    expect(sent.map(({ from, signal, outcome }) => [from, signal, outcome])).toEqual([
      [pid, 'SIGUSR2', 'ignored'],
      [pid, 'SIGUSR1', 'delivered'],
      [pid, 'SIGUSR1', 'already-pending'],
      [pid, 'SIGUSR1', 'already-pending'],
      [process.pid, 'SIGWINCH', 'ignored'],
    ])
    expect(of('signal-handled').filter(({ signal }) => signal === 'SIGUSR1')).toMatchObject([
      { pid, count: 1 },
    ])
    await until(() => of('ended').length === 5, 'five ends')
    expect(of('ended').map(({ ending }) => ending)).toEqual([
      { signal: 'SIGTERM' },
      { signal: 'SIGKILL' },
      { signal: 'SIGSEGV' },
      { signal: 'SIGUSR1' },
      { code: 4 },
    ])
    expect(of('forked').every(({ autoReap }) => !autoReap)).toBe(true)
  })

  test('a flood of signals is counted, though not each is told singly', async () => {
    const program = await startPython(waiting('for _ in range(4000): os.kill(os.getpid(), signal.SIGURG)'))
    const { source, of } = await watch(program.pid)
    process.kill(source.pid!, 'SIGSTOP') // so that all come at once
    await finish(program)
    process.kill(source.pid!, 'SIGCONT')
    await source.settle()
    expect(source.inexact).toBeNull()
    const sent = of('signal-sent').filter(({ from }) => from === program.pid)
    expect(sent.reduce((total, { count }) => total + count, 0)).toBe(4000)
    expect(sent.length).toBeLessThan(1000)
  })

  test('a program that another of its threads replaces lives on, and ends once', async () => {
    const program = startProgram(compileServer({ source: 'exec-by-thread.c' }), [])
    await until(() => program.output().includes('ready'), 'the word ready')
    const { source, of } = await watch(program.pid)
    program.process.stdin!.write('.')
    await program.ended
    await source.settle()
    expect(of('executed').map(({ pid }) => pid)).toEqual([program.pid])
    expect(of('ended')).toMatchObject([{ pid: program.pid, ending: { code: 5 } }])
  })

  test('children whose parent ignores SIGCHLD are reaped by the kernel', async () => {
    const program = await startPython(`import signal
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
${waiting('if os.fork() == 0: os._exit(3)')}`)
    const { source, of } = await watch(program.pid)
    await finish(program)
    await until(() => of('ended').length > 0, 'the end of the child')
    await source.settle()
    expect(of('forked')).toMatchObject([{ autoReap: true }])
    expect(of('ended')).toMatchObject([{ ending: { code: 3 } }])
    expect(of('reaped')).toEqual([])
  })
})
