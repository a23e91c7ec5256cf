import { box } from '../box.ts'
import { cut } from '../text.ts'
import { theme } from '../theme.ts'
import { connectionLines } from './connection-lines.ts'
import type { Pane } from './pane.ts'

/** Where there is a pane for the queues already: as many connections as fit, and who holds them. */
export const connectionsPane: Pane<'connections'> = {
  id: 'connections',
  place: ({ middle, lowerLeft }, { beside }) => (middle && beside === 'sockets' ? lowerLeft : null),
  draw({ state }, { width, height }) {
    const lines = state.sockets ? connectionLines(state, state.sockets, width - 4, height - 3) : []
    const notice = [
      '',
      theme.dim(cut('No connection is open: l starts a load, m opens one by hand.', width - 4)),
    ]
    return box({
      title: 'CONNECTIONS',
      right: 'o shows the events',
      width,
      height,
      focused: false,
      lines: lines.length > 0 ? lines : notice,
    })
  },
}
