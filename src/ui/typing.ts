import { stripControl } from '../state/strip-control.ts'
import type { View } from './view.ts'

const LONGEST_LINE = 500

/** The text that is typed: into the filter, or to a connection; null when none is. */
export function typedText({ overlay, filter }: View): string | null {
  if (overlay?.kind === 'filter') return filter
  return overlay?.kind === 'manual' ? overlay.text : null
}

/** The view with another text. */
export function withText({ overlay }: View, text: string): Partial<View> {
  if (overlay?.kind === 'filter') return { filter: text }
  return overlay?.kind === 'manual' ? { overlay: { ...overlay, text } } : {}
}

/** The view after a typed character; control characters are not taken. */
export function withCharacter(view: View, character: string): Partial<View> {
  const text = typedText(view)
  if (text === null || stripControl(character) !== character) return {}
  return withText(view, (text + character).slice(0, LONGEST_LINE))
}
