import { describe, expect, test } from 'vitest'
import { createProbeFile } from '../../src/observe/probe-file.ts'
import { noCounts } from '../../src/state/counts.ts'
import type { Event } from '../../src/state/event.ts'
import { python as interpreter } from '../support/python.ts'
import { startProgram } from '../support/start-program.ts'
import { observe } from './observe-program.ts'

const python = (script: string) => observe(interpreter, '-c', script)
const of = <T extends Event['type']>(events: Event[], type: T) =>
  events.filter((event): event is Extract<Event, { type: T }> => event.type === type)

describe('a Python program that nobody prepared is seen to', () => {
  test('start, fork, exit with a code, and reap', async () => {
    const { pid, events } = await python(`
import os
for code in (0, 7, 255):
  if os.fork() == 0: os._exit(code)
  os.wait()`)
    expect(events[0]).toMatchObject({ type: 'probed', pid, parent: process.pid })
    const children = of(events, 'forked').map((fork) => fork.pid)
    expect(of(events, 'forked')).toMatchObject(
      [0, 1, 2].map((index) => ({ parent: pid, index, autoReap: false })),
    )
    expect(of(events, 'exited').map((exit) => [exit.pid, exit.code])).toEqual([
      [children[0], 0],
      [children[1], 7],
      [children[2], 255],
      [pid, 0],
    ])
    expect(of(events, 'reaped')).toMatchObject([
      { pid: children[0], by: pid, ending: { code: 0 } },
      { pid: children[1], by: pid, ending: { code: 7 } },
      { pid: children[2], by: pid, ending: { code: 255 } },
    ])
    const times = events.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  test('end by an exception, by sys.exit and by falling off its end', async () => {
    const { events } = await python(`
import os, sys
for end in ('1/0', 'sys.exit(3)', 'pass'):
  if os.fork() == 0:
    sys.stderr = open(os.devnull, 'w')
    exec(end)
    sys.exit()
  os.wait()`)
    expect(of(events, 'exited').map(({ code }) => code)).toEqual([1, 3, 0, 0])
  })

  test('fork children that nobody has to reap', async () => {
    const { events } = await python(`
import os, signal
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if os.fork() == 0: os._exit(0)
try: os.wait()
except ChildProcessError: pass`)
    expect(of(events, 'forked')).toMatchObject([{ autoReap: true }])
    expect(of(events, 'reaped')).toEqual([])
  })

  test('send signals, and fail to', async () => {
    const { pid, events } = await python(`
import os, signal
born, tell = os.pipe()
child = os.fork()
if child == 0:
  os.write(tell, b'x')
  while True: signal.pause()
os.read(born, 1)
os.kill(child, 0)
os.kill(child, signal.SIGKILL)
os.waitpid(child, 0)
try: os.kill(child, signal.SIGHUP)
except ProcessLookupError: pass`)
    const to = of(events, 'forked')[0]!.pid
    expect(of(events, 'signal-sent')).toMatchObject([
      { from: pid, to, signal: 'SIGKILL' },
      { from: pid, to, signal: 'SIGHUP' },
      { from: pid, to, signal: 'SIGHUP', errno: 'ESRCH' },
    ])
    expect(of(events, 'reaped')).toMatchObject([{ pid: to, ending: { signal: 'SIGKILL' } }])
  })

  test('start another program, which is seen too', async () => {
    const { pid, events } = await python(`
import subprocess, sys
subprocess.run([sys.executable, '-c', 'import os; os._exit(9)'])`)
    const [, inner] = of(events, 'probed')
    expect(inner).toMatchObject({ parent: pid })
    expect(of(events, 'exited')).toMatchObject([{ pid: inner!.pid, code: 9 }, { pid }])
    expect(of(events, 'reaped')).toMatchObject([{ pid: inner!.pid, by: pid, ending: { code: 9 } }])
  })

  test('become another program and stay one process', async () => {
    const { pid, events } = await python(`
import os, sys
os.execv(sys.executable, [sys.executable, '-c', 'pass'])`)
    expect(of(events, 'probed').map((probed) => probed.pid)).toEqual([pid, pid])
    expect(of(events, 'exited')).toMatchObject([{ pid, code: 0 }])
  })

  test('accept, pass and receive descriptors, and arm a reset', async () => {
    const { counts, events } = await python(`
import socket, struct
listener = socket.create_server(('127.0.0.1', 0))
ours, theirs = socket.socketpair()
for _ in range(5):
  client = socket.create_connection(listener.getsockname())
  connection, _ = listener.accept()
  socket.send_fds(ours, [b'x'], [connection.fileno(), client.fileno()])
  socket.recv_fds(theirs, 1, 2)
connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 5))
listener.setblocking(False)
for _ in range(3):
  try: listener.accept()
  except BlockingIOError: pass`)
    expect(counts).toMatchObject({ accepts: 5, received: 10, passed: 10, wakeups: 5, eagain: 3 })
    expect(of(events, 'reset-armed')).toHaveLength(1)
  })

  test('be woken for a connection in select, poll and epoll, and for other things too', async () => {
    const { counts } = await python(`
import os, select, socket
listener = socket.create_server(('127.0.0.1', 0))
listener.setblocking(False)
poll, epoll = select.poll(), select.epoll()
for each in (poll, epoll): each.register(listener, select.POLLIN)
for wait in (lambda: select.select([listener], [], []), poll.poll, epoll.poll):
  client = socket.create_connection(listener.getsockname())
  wait()
  connection, _ = listener.accept()
  try: listener.accept()
  except BlockingIOError: pass
read, write = os.pipe()
os.write(write, b'x')
select.select([read], [], [])
select.select([], [], [], 0)`)
    const { serving, waiting, ...others } = counts
    const { serving: _, waiting: __, ...none } = noCounts
    expect(others).toEqual({ ...none, accepts: 3, wakeups: 3, eagain: 3 })
    expect(serving + waiting).toBeGreaterThan(0)
  })
})

test('a program whose watcher is gone runs as if it had never been watched', async () => {
  const probe = createProbeFile()
  probe.close()
  const program = startProgram(
    interpreter,
    ['-c', 'import os; os.fork() or os._exit(0); os.wait(); print("done")'],
    probe.env,
  )
  expect(await program.ended).toBe(0)
  expect(program.output()).toBe('done\n')
})
