/** What the mouse did, at a column and row from 0. */
export type MouseAction = { what: 'press' | 'wheel-up' | 'wheel-down'; x: number; y: number }

const LEFT = 0
const WHEEL_UP = 64
const WHEEL_DOWN = 65

/** A report of the mouse as the terminal sends it in its SGR mode: button, column and row, pressed or released. */
const reports = /\x1b\[<(\d+);(\d+);(\d+)([Mm])/g
/** What may become a report when more arrives. */
const beginning = /\x1b\[<[\d;]*$/

/** Takes the mouse's reports out of what a terminal sends, also when they come in pieces. */
export class MouseReports {
  #held = ''

  /** Returns what is left of the input for the keyboard, and what the mouse did. */
  take(input: string): { keys: string; actions: MouseAction[] } {
    const actions: MouseAction[] = []
    const keys = (this.#held + input).replace(reports, (_, button, x, y, end) => {
      const what = end === 'M' && actionOf(Number(button))
      if (what) actions.push({ what, x: Number(x) - 1, y: Number(y) - 1 })
      return ''
    })
    this.#held = beginning.exec(keys)?.[0] ?? ''
    return { keys: keys.slice(0, keys.length - this.#held.length), actions }
  }
}

function actionOf(button: number): MouseAction['what'] | null {
  if (button === WHEEL_UP) return 'wheel-up'
  if (button === WHEEL_DOWN) return 'wheel-down'
  return button === LEFT ? 'press' : null
}
