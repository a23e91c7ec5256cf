import { constants } from 'node:os'
import { supportsColor } from 'chalk'
import { render } from 'ink'
import { onInterrupt } from '../interrupt.ts'
import type { Options } from '../options/table.ts'
import type { Session } from '../session/session.ts'
import type { Target } from '../session/target.ts'
import { stripControl } from '../state/strip-control.ts'
import { guardTerminal } from '../supervise/guard-terminal.ts'
import { Controller } from './control/controller.ts'
import { shownTarget } from './control/shown-target.ts'
import { entryOf } from './entries.ts'
import { Fullscreen } from './fullscreen.ts'
import { LateLinesContext } from './lines.tsx'
import { OwnedTerminal } from './owned-terminal.ts'
import { Screen } from './screen.tsx'
import { chooseColours } from './theme.ts'
import { initialView, type View } from './view.ts'

type Opening = { session: Session; target: Target; options: Options }

/**
 * Takes the terminal, starts the server and draws until the user quits or a signal ends us; then everything is
 * stopped and the terminal is as it was. Returns the exit code: 0, or 128 and the signal's number.
 */
export async function openTerminal({ session, target, options }: Opening): Promise<number> {
  const guarding = guardTerminal()
  // NO_COLOR wins over what the terminal can do (no-color.org).
  chooseColours(process.env.NO_COLOR ? 0 : supportsColor ? supportsColor.level : 1)
  let finish: (code: number) => void = () => {}
  const finished = new Promise<number>((resolve) => {
    finish = resolve
  })
  const screen = new Fullscreen(process.stdout)
  const terminal = new OwnedTerminal(screen, () => finish(0))
  const view = firstView(target, options)
  const controller = new Controller({ session, target, view, options, terminal })
  // While the guard looks at the terminal, the first frame is drawn.
  const app = render(
    <LateLinesContext value={screen.lines}>
      <Screen controller={controller} terminal={process.stdout} />
    </LateLinesContext>,
    { stdout: screen.stdout, debug: true, patchConsole: false, exitOnCtrlC: false },
  )
  const guard = await guarding
  terminal.open(guard, {
    onKey: (key) => controller.press(key),
    onMouse: (action) => controller.point(action),
  })
  // Whatever ends this process without asking leaves the terminal usable; the launcher sees to the servers.
  process.on('exit', () => terminal.close())
  const die = (error: Error) => {
    terminal.close()
    console.error(error.stack)
    process.exit(1)
  }
  process.on('uncaughtException', die)
  const interruption = onInterrupt(() => finish(interruption.exitCode!))
  // A terminal that went away cannot be read or written any more.
  const hungUp = () => finish(128 + constants.signals.SIGHUP)
  process.stdin.on('error', hungUp).on('end', hungUp)
  process.stdout.on('error', hungUp)
  app.waitUntilExit().catch(die)

  void controller.server.start(target)
  const code = await finished
  app.unmount()
  terminal.close()
  // A signal has ended the screen: nobody waits for the server any more.
  await session.commands.stop(code > 128 ? 'soon' : 'none')
  guard.release()
  return code
}

function firstView(target: Target, options: Options): View {
  const { clients, connections, bytes, rate, think } = options
  return initialView({
    target: shownTarget(target, options),
    model: entryOf(target.name),
    load: { clients, connections, bytes, rate, think },
    generator: options.load && stripControl(options.load),
  })
}
