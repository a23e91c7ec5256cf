import { render } from 'ink'
import type { Options } from '../options/table.ts'
import type { Session } from '../session/session.ts'
import type { Target } from '../session/target.ts'
import { guardTerminal } from '../supervise/guard-terminal.ts'
import { App } from './app.tsx'
import { Controller } from './controller.ts'
import { Fullscreen } from './fullscreen.ts'
import { readKeys } from './keyboard.ts'
import { LateLinesContext } from './lines.tsx'
import type { View } from './view-state.ts'

type Opening = { session: Session; target: Target; view: View; options: Options }

/**
 * Takes the terminal, starts the server and draws until the user quits or a signal ends us; then everything is
 * stopped and the terminal is as it was. Returns the exit code: 0, or 128 and the signal's number.
 */
export async function openTerminal({ session, target, view, options }: Opening): Promise<number> {
  const guard = await guardTerminal()
  const screen = new Fullscreen(process.stdout)
  let finish: (code: number) => void = () => {}
  const finished = new Promise<number>((resolve) => {
    finish = resolve
  })
  const controller = new Controller(session, target, view, options, {
    quit: () => finish(0),
    setMouse: (isReported) => screen.setMouse(isReported),
  })
  const releaseKeys = readKeys(process.stdin, {
    onKey: (key) => controller.key(key),
    onMouse: (action) => controller.mouse(action),
  })
  guard.screenOn()
  screen.open()
  const restore = () => {
    screen.close()
    releaseKeys()
    guard.screenOff()
  }
  // Whatever ends this process without asking leaves the terminal usable; the launcher sees to the servers.
  process.on('exit', restore)
  const die = (error: Error) => {
    restore()
    console.error(error.stack)
    process.exit(1)
  }
  process.on('uncaughtException', die)
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const)
    process.on(signal, () => finish(128 + number))
  // A terminal that went away cannot be read or written any more.
  process.stdin.on('error', () => finish(129)).on('end', () => finish(129))
  process.stdout.on('error', () => finish(129))

  const app = render(
    <LateLinesContext value={screen.lines}>
      <App controller={controller} terminal={process.stdout} />
    </LateLinesContext>,
    { stdout: screen.stdout, debug: true, patchConsole: false, exitOnCtrlC: false },
  )
  app.waitUntilExit().catch(die)
  void controller.start(target)
  const code = await finished
  app.unmount()
  restore()
  await session.commands.stop()
  guard.release()
  return code
}
