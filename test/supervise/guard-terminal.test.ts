import { randomUUID } from 'node:crypto'
import pty from 'node-pty'
import { afterEach, expect, test } from 'vitest'
import { RUN } from '../../src/supervise/find-run.ts'
import { findRun } from '../support/find-run.ts'
import { until } from './support.ts'

const LEFT = '\x1b[?2026l\x1b[?1000l\x1b[?1006l\x1b[?2004l\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l'
const screen = `"${process.execPath}" --import tsx "${import.meta.dirname}/stand-in-terminal.ts"`
const run = randomUUID()

test('a killed screen leaves the terminal as it found it', async () => {
  const terminal = openTerminal(
    `stty -echo; echo before=$(stty -g)=; ${screen} raw on; ${untilIsig}; echo after=$(stty -g)=; stty -a`,
  )
  process.kill(await terminal.pid(), 'SIGKILL')
  await terminal.over()
  expect(terminal.text()).toContain(LEFT)
  expect(terminal.setting('after')).toBe(terminal.setting('before'))
  expect(terminal.text()).toMatch(/ -echo /)
})

test('killing the whole job does not reach the guard', async () => {
  const terminal = openTerminal(
    `set -m; echo before=$(stty -g)=; ${screen} raw on; ${untilIsig}; echo after=$(stty -g)=`,
  )
  process.kill(-(await terminal.pid()), 'SIGKILL')
  await terminal.over()
  expect(terminal.text()).toContain(LEFT)
  expect(terminal.setting('after')).toBe(terminal.setting('before'))
})

test('a killed screen that had left the alternate screen is not left twice', async () => {
  const terminal = openTerminal(
    `echo before=$(stty -g)=; ${screen} raw on off; ${untilIsig}; echo after=$(stty -g)=`,
  )
  process.kill(await terminal.pid(), 'SIGKILL')
  await terminal.over()
  expect(terminal.text()).not.toContain('\x1b[?1049l')
  expect(terminal.setting('after')).toBe(terminal.setting('before'))
})

test("a shell's own settings are left alone", async () => {
  const terminal = openTerminal(`${screen} raw on shell; ${untilLeft}; stty -a`)
  process.kill(await terminal.pid(), 'SIGKILL')
  await until(() => terminal.text().includes(LEFT), 'the screen left')
  terminal.write('go\n')
  await terminal.over()
  expect(terminal.text()).toMatch(/isig -icanon .* -echo /)
})

test('a released guard does nothing more', async () => {
  const terminal = openTerminal(`${screen} raw on release; echo after; stty -a`)
  const pid = await terminal.pid()
  await until(() => findRun(run).length === 2, 'shell and screen alone')
  process.kill(pid, 'SIGKILL')
  await terminal.over()
  expect(terminal.text()).not.toContain('\x1b[?1049l')
  expect(terminal.text()).toContain('-isig')
})

test.each(['SIGHUP', 'SIGTERM', 'SIGINT', 'SIGTSTP'])(
  'a guard lives on at %s to the group of the terminal',
  async (signal) => {
    const terminal = openTerminal(`trap '' ${signal.slice(3)}; ${screen} raw on; ${untilIsig}; echo after`)
    const pid = await terminal.pid()
    for (const other of findRun(run))
      if (other !== pid && other !== terminal.shell) process.kill(other, signal)
    process.kill(pid, 'SIGKILL')
    await terminal.over()
    expect(terminal.text()).toContain(LEFT)
  },
)

test('a guard goes with a terminal that has gone', async () => {
  const terminal = openTerminal(`exec ${screen} raw on`)
  const pid = await terminal.pid()
  terminal.hangUp()
  await until(() => !findRun(run).includes(pid), 'the screen ended by SIGHUP')
})

/** The shell waits until the guard has done its work: it is told of the end of the screen at the same moment. */
const untilIsig = 'while stty -a | grep -q -e -isig; do sleep 0.01; done'
const untilLeft = 'read go'

const shells: number[] = []

function openTerminal(script: string) {
  let output = ''
  // It ends when it has got a line: what a terminal shows last may be lost when the last program in it ends.
  const child = pty.spawn('sh', ['-c', `${script}; echo "the end"; read go`], {
    cols: 200,
    rows: 30,
    env: { ...process.env, [RUN]: run },
  })
  child.onData((data) => {
    output += data
  })
  const closed = new Promise<void>((resolve) => child.onExit(() => resolve()))
  const find = (pattern: RegExp) => pattern.exec(output)?.[1]
  shells.push(child.pid)
  return {
    shell: child.pid,
    over: async () => {
      await until(() => output.includes('the end'), 'the end')
      child.write('\n')
      await closed
    },
    text: () => output,
    write: (text: string) => child.write(text),
    hangUp: () => child.kill('SIGHUP'),
    setting: (name: string) => find(new RegExp(`${name}=([0-9a-f:]+)=`)),
    pid: async () => {
      await until(() => find(/pid=(\d+);/) !== undefined, 'the screen')
      return Number(find(/pid=(\d+);/))
    },
  }
}

afterEach(async () => {
  for (const pid of findRun(run)) {
    // Whatever a failed test has left; the guards have to go by themselves.
    if (shells.includes(pid)) process.kill(pid, 'SIGKILL')
  }
  await until(() => findRun(run).length === 0, 'an empty process table')
})
