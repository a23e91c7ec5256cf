import type { Controller } from './controller.ts'
import { layoutFor } from './layout.ts'
import { eventAt } from './panes/events-pane.ts'
import { modelAt } from './panes/models-pane.ts'
import { processAt } from './panes/process-pane.ts'
import { saidBelow } from './said-below.ts'
import type { View } from './view-state.ts'

/** The selection of what stands in that line of the focused pane, if anything does. */
export function selectAt(controller: Controller, line: number): Partial<View> {
  const { size, state, view } = controller
  const { models, processes, events } = layoutFor(size)
  switch (view.pane) {
    case 'models':
      return models ? { model: modelAt(view.model, models, line) ?? view.model } : {}
    case 'processes': {
      const said = saidBelow(controller, processes).length
      return { row: processAt(controller.rows(), view.row, said, processes, line)?.id ?? view.row }
    }
    case 'events':
      return view.beside === 'events' ? { event: eventAt(state, view, events, line)?.id ?? null } : {}
    case 'client':
      return {}
  }
}
