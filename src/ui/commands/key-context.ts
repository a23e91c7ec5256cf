import { unreachable } from '../../unreachable.ts'
import type { View } from '../view.ts'

/** Which keys count: in the panes, while a field is edited, in a menu, while something is read or asked. */
export const keyContexts = [
  'panes',
  'editing',
  'typing',
  'manual',
  'menu',
  'guide',
  'help',
  'question',
] as const
export type KeyContext = (typeof keyContexts)[number]

export function keyContext({ overlay, editing }: Pick<View, 'overlay' | 'editing'>): KeyContext {
  if (!overlay) return editing ? 'editing' : 'panes'
  switch (overlay.kind) {
    case 'signals':
      return 'menu'
    case 'filter':
      return 'typing'
    case 'manual':
      return overlay.text === null ? 'manual' : 'typing'
    case 'guide':
    case 'help':
    case 'question':
      return overlay.kind
    default:
      return unreachable(overlay)
  }
}
