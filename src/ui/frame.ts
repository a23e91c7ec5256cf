import type { State } from '../state/state.ts'
import { isTooSmall, SMALLEST } from './layout.ts'
import { type PlacedPane, placedPanes } from './panes/table.ts'
import { type Scene, sceneOf } from './scene.ts'
import type { Size } from './size.ts'
import { cut, pad } from './text.ts'
import type { View } from './view.ts'

/**
 * The whole screen: as many lines as it has rows, each exactly as wide, with their colours. Pure, and without
 * anything of Node: the terminal, tests, pictures and a page in a browser draw the same.
 */
export function frame(state: State, view: View, size: Size): readonly string[] {
  if (isTooSmall(size))
    return [tooSmall(size), ...Array(Math.max(0, size.height - 1)).fill('')].map(fill(size))
  const scene = sceneOf(state, view, size)
  const drawn = placedPanes(scene).map((placed) => ({ ...placed, lines: drawPane(placed, scene) }))
  const fromLeft = drawn.sort((a, b) => a.rect.x - b.rect.x)
  return Array.from({ length: size.height }, (_, y) => {
    let line = ''
    let end = 0
    for (const { rect, lines } of fromLeft) {
      if (y < rect.y || y >= rect.y + rect.height) continue
      line += ' '.repeat(rect.x - end) + lines[y - rect.y]!
      end = rect.x + rect.width
    }
    return line + ' '.repeat(size.width - end)
  })
}

/** The lines of one pane, as many as its place has, each as wide. */
export function drawPane({ pane, rect }: PlacedPane, scene: Scene): string[] {
  const lines = pane.draw(scene, rect)
  return Array.from({ length: rect.height }, (_, i) => pad(lines[i] ?? '', rect.width))
}

/** What is said instead when there is no room. */
export function tooSmall({ width, height }: Size): string {
  const needed = `${SMALLEST.width}×${SMALLEST.height}`
  return `csdesign-tui needs ${needed}; this is ${width}×${height}.`.slice(0, width)
}

function fill({ width }: Size): (line: string) => string {
  return (line) => pad(cut(line, width), width)
}
