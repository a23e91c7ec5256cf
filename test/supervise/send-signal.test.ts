import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseStat } from '../../src/observe/proc-stat.ts'
import { sendSignal } from '../../src/supervise/send-signal.ts'
import { shell, until } from './support.ts'

test('a signal reaches the process', async () => {
  const { server, story } = await shell(
    'trap "echo caught; exit 0" USR1; echo ready; while :; do sleep 0.01; done',
  )
  await story.line('ready')
  expect(sendSignal(server.pid!, 'SIGUSR1')).toBeNull()
  await server.gone
  expect(story.lines).toEqual(['ready', 'caught'])
})

test('a process that was born at another time is left alone', async () => {
  const { server, story } = await shell('echo ready; exec sleep 60')
  await story.line('ready')
  const { startTime, parent } = parseStat(readFileSync(`/proc/${server.pid}/stat`, 'utf8'))
  expect(sendSignal(server.pid!, 'SIGKILL', { startTicks: startTime - 1 })).toBe('ESRCH')
  expect(sendSignal(server.pid!, 'SIGKILL', { startTicks: startTime + 1 })).toBe('ESRCH')
  expect(sendSignal(server.pid!, 'SIGKILL', { parents: [parent + 1] })).toBe('ESRCH')
  expect(readFileSync(`/proc/${server.pid}/stat`, 'utf8')).toContain('(sleep)')
  expect(sendSignal(server.pid!, 'SIGKILL', { startTicks: startTime })).toBeNull()
  await server.gone
})

test('a stopped process goes on at SIGCONT', async () => {
  const { server, story } = await shell('kill -STOP $$; echo on; read never')
  const stopped = () => readFileSync(`/proc/${server.pid}/stat`, 'utf8').includes(') T ')
  await until(stopped, 'a stopped server')
  expect(sendSignal(server.pid!, 'SIGCONT')).toBeNull()
  await story.line('on')
})

test('what cannot be signalled is told by its errno, and no group is ever meant', () => {
  expect(sendSignal(2 ** 22, 'SIGTERM')).toBe('ESRCH')
  expect(sendSignal(2 ** 22, 'SIGTERM', { startTicks: 0 })).toBe('ESRCH')
  expect(sendSignal(process.pid, 'SIGNOSUCH')).toBe('EINVAL')
  for (const pid of [0, -1, -process.pid, Number.NaN, 1.5]) expect(sendSignal(pid, 'SIGKILL')).toBe('EINVAL')
})
