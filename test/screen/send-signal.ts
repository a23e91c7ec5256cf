import { type MenuSignal, menuSignals } from '../../src/ui/menu-signals.ts'
import { selected } from './cells.ts'
import { processRows } from './process-rows.ts'
import type { Screen } from './screen.ts'

/** Selects the process with the arrow keys. */
export async function select(screen: Screen, role: string): Promise<number> {
  const { pid } = await screen.until(() => processRows(screen).find((row) => row.role === role) ?? null, role)
  const isSelected = () => selected(screen).some((line) => line.includes(` ${pid} `))
  screen.press('Down', 'Home')
  await screen.until(() => selected(screen).length > 0, 'a selection')
  const place = processRows(screen).findIndex((row) => row.pid === pid)
  screen.press(...Array<string>(place).fill('Down'))
  await screen.until(isSelected, `${role} selected`)
  return pid
}

/**
 * Sends the signal to the selected process from the menu; returns what the menu says of it. With `effect` waits until it
 * says so: which signals a process handles is looked at now and then.
 */
export async function send(screen: Screen, signal: MenuSignal, effect = ''): Promise<string> {
  screen.press('s')
  await screen.shows(/SIGNAL TO/)
  screen.press(...Array<string>(menuSignals.indexOf(signal)).fill('Down'))
  const line = await screen.until(
    () => selected(screen).find((each) => each.startsWith(`${signal} `) && each.includes(effect)) ?? null,
    `${signal} ${effect}`,
  )
  screen.press('Enter')
  await screen.hides(/SIGNAL TO/)
  return line.slice(signal.length).trim()
}
