import { parseNumber } from '../options/parse-number.ts'
import { optionTable } from '../options/table.ts'
import { grouped } from '../report/format.ts'
import type { App } from './control/app.ts'
import type { View } from './view.ts'

const MOST_DIGITS = 9

/** Begins to edit the chosen number of the load, with `text` instead of the number if it is given. */
export function beginEditing({ view, load, show }: App, text = String(view.load[view.field])): void {
  if (load.fixed) return show({ pane: 'client', notice: load.fixed })
  show({ pane: 'client', editing: { text, error: null } })
}

/** The view after a typed character: of a number only digits are taken. */
export function withDigit({ editing }: View, character: string): Partial<View> {
  if (!editing || !/^[0-9]$/.test(character) || editing.text.length >= MOST_DIGITS) return {}
  return { editing: { text: editing.text + character, error: null } }
}

/** Takes the edited number if it is allowed, else says what is, in few words. Returns whether it did. */
export function acceptNumber({ view, load, show }: App): boolean {
  const { editing, field } = view
  if (!editing) return false
  const { from, to } = optionTable[field]
  const value = parseNumber(editing.text, { from, to })
  if (value === null) {
    show({ editing: { ...editing, error: `${field}: ${from} to ${grouped(to)}` } })
    return false
  }
  const numbers = { ...view.load, [field]: value }
  show({ load: numbers, editing: null })
  if (value !== view.load[field]) load.follow(numbers)
  return true
}
