import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../servers/posix/native.ts'
import { ask } from '../support/ask.ts'
import { freePort } from '../support/free-port.ts'
import { node } from '../support/node.ts'
import { familyOf } from './family.ts'
import { keep, Screen } from './screen.ts'
import { isRaw } from './tty.ts'

const PROMPT = 'prompt>'

/** A shell with job control, in which the program was started as a user would. */
async function openInShell(): Promise<{ screen: Screen; ui: number }> {
  const port = await freePort()
  const screen = keep(
    new Screen(['bash', '--norc', '--noediting', '-i'], {
      run: randomUUID(),
      port,
      env: { PS1: PROMPT, HISTFILE: '' },
    }),
  )
  await screen.shows(new RegExp(`^${PROMPT}`, 'm'))
  type(screen, `${node} ${join(packageRoot(), 'dist/cli.js')} prefork --children 3 --port ${port}`)
  await screen.shows(/● up/)
  await screen.until(() => /S accept/.test(screen.screen()), 'children in accept')
  return { screen, ui: familyOf(screen.pid)[1]!.pid }
}

function type(screen: Screen, line: string): void {
  screen.press(...line, 'Enter')
}

const stateOf = (pid: number) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))![1]!

async function quit(screen: Screen): Promise<void> {
  screen.press('Ctrl-C')
  await screen.until(() => !screen.alternateScreen, 'the main screen')
  type(screen, 'exit')
  await screen.ended
}

test('Ctrl-Z gives the terminal back to the shell, the server goes on, and fg draws the screen anew', async () => {
  const { screen, ui } = await openInShell()
  screen.press('Ctrl-Z')
  await screen.shows(/Stopped/)
  expect(stateOf(ui)).toBe('T')
  expect(screen.alternateScreen).toBe(false)
  expect(screen.cursorVisible).toBe(true)
  expect(isRaw(screen.pid)).toBe(false)
  expect((await ask(screen.port, '5\n')).bytes).toHaveLength(5)

  type(screen, 'echo "the shell reads $((40 + 2)) lines"')
  await screen.shows(/the shell reads 42 lines/)
  type(screen, 'fg')
  await screen.shows(/● up[\s\S]*· 1 accepts[\s\S]*⏎ start .* quit/)
  expect(screen.alternateScreen).toBe(true)
  expect(isRaw(screen.pid)).toBe(true)
  screen.press('?')
  await screen.shows(/HELP ─/)
  await quit(screen)
})

test('a screen that somebody else stopped is drawn anew when it is continued', async () => {
  const { screen, ui } = await openInShell()
  process.kill(ui, 'SIGSTOP')
  await screen.shows(/Stopped/)
  type(screen, 'fg')
  await screen.until(
    (text) => /● up[\s\S]*⏎ start .* quit/.test(text) && !/Stopped|prompt>/.test(text),
    'the screen, and nothing of the shell on it',
  )
  expect(isRaw(screen.pid)).toBe(true)
  screen.press('?')
  await screen.shows(/HELP ─/)
  await quit(screen)
})

test('continued in the background it stops again, and writes nothing on what is the shell’s', async () => {
  const { screen, ui } = await openInShell()
  screen.press('Ctrl-Z')
  await screen.shows(/Stopped/)
  type(screen, 'clear; bg; echo in the background')
  await screen.shows(/^in the background$/m)
  await screen.until(() => stateOf(ui) === 'T', 'a stopped program')
  expect(screen.alternateScreen).toBe(false)
  type(screen, 'fg')
  await screen.shows(/● up[\s\S]*⏎ start .* quit/)
  await quit(screen)
})
