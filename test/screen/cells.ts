import type { Screen } from './screen.ts'

const CYAN = 6

/** The text in inverse video: the selected line, or the chosen field. */
export function selected(screen: Screen): string {
  const { active } = screen.emulator.buffer
  let text = ''
  for (let y = 0; y < screen.emulator.rows; y++) {
    const line = active.getLine(active.viewportY + y)!
    for (let x = 0; x < line.length; x++) if (line.getCell(x)!.isInverse()) text += line.getCell(x)!.getChars()
  }
  return text
}

/** The title of the pane that has the focus: its frame is cyan. */
export function focusedPane(screen: Screen): string | null {
  const { active } = screen.emulator.buffer
  for (let y = 0; y < screen.emulator.rows; y++) {
    const line = active.getLine(active.viewportY + y)!
    for (let x = 0; x < line.length; x++) {
      const cell = line.getCell(x)!
      if (cell.getChars() === '╭' && cell.isFgPalette() && cell.getFgColor() === CYAN)
        return line.translateToString(true, x + 2).split(' ')[0]!
    }
  }
  return null
}
