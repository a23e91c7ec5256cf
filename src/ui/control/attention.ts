import type { Attention } from '../../session/session.ts'
import { placedPanes } from '../panes/table.ts'
import type { Scene } from '../scene.ts'

const PROCESS_INTERVAL = 250

/** What has to be looked at for what is on the screen: looking costs time, so nothing else is. */
export function attentionFor(scene: Scene): Attention {
  const { allThreads, target } = scene.view
  return {
    processes: PROCESS_INTERVAL,
    threads: allThreads || target.showsThreads,
    sockets: placedPanes(scene).some(({ pane: { id } }) => id === 'sockets' || id === 'connections'),
  }
}
