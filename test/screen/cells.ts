import type { Screen } from './screen.ts'

/** The colour of the frame in focus where there are 256 of them. */
const CYAN = 80

/** The texts in inverse video, one for each row that has any: selected lines, the chosen field. */
export function selected(screen: Screen): string[] {
  const { active } = screen.emulator.buffer
  const inverse = (y: number) => {
    const line = active.getLine(active.viewportY + y)!
    const cells = Array.from({ length: line.length }, (_, x) => line.getCell(x)!)
    return cells.map((cell) => (cell.isInverse() ? cell.getChars() || ' ' : '')).join('')
  }
  return Array.from({ length: screen.emulator.rows }, (_, y) => inverse(y)).filter((text) => text !== '')
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
