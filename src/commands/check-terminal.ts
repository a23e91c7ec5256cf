import { Refusal } from '../refusal.ts'
import { isTooSmall, SMALLEST } from '../ui/layout.ts'

/** Throws a Refusal where the screen cannot be drawn. */
export function checkTerminal(): void {
  const { stdin, stdout } = process
  if (!stdin.isTTY || !stdout.isTTY)
    throw new Refusal('There is no terminal here: use "csdesign-tui run MODEL", which needs none.')
  const size = { width: stdout.columns, height: stdout.rows }
  if (isTooSmall(size))
    throw new Refusal(
      `This terminal is ${size.width}×${size.height}; csdesign-tui needs at least ${SMALLEST.width}×${SMALLEST.height}: enlarge it, or use "csdesign-tui run MODEL".`,
    )
}
