import { findModel } from '../../../servers/catalog.ts'
import { modelTarget } from '../../../src/session/target.ts'
import type { State } from '../../../src/state/state.ts'
import { Controller } from '../../../src/ui/control/controller.ts'
import { FakeSession } from './fake-session.ts'
import { options, viewOf } from './view.ts'

export type Opened = { controller: Controller; session: FakeSession; size: { width: number; height: number } }

/** The screen's keys and mouse over a session with that state, in a terminal of that size. */
export function opened(state: State, size = { width: 120, height: 40 }): Opened {
  const session = new FakeSession(state)
  const controller = new Controller({
    session,
    target: modelTarget(findModel('prefork')!, options),
    view: viewOf('prefork'),
    options,
    terminal: {
      get size() {
        return size
      },
      quit() {},
      setMouse() {},
      redraw() {},
      suspend: () => null,
    },
  })
  return { controller, session, size }
}

export function pressAll({ controller }: Opened, keys: readonly string[]): void {
  for (const key of keys) controller.press(key)
}
