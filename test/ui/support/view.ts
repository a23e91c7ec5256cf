import { findModel } from '../../../servers/catalog.ts'
import { defaults } from '../../../src/options/table.ts'
import { modelTarget } from '../../../src/session/target.ts'
import { shownTarget } from '../../../src/ui/control/shown-target.ts'
import { entryOf } from '../../../src/ui/entries.ts'
import { initialView, type View } from '../../../src/ui/view.ts'

export const options = defaults

/** What is looked at when a model was just named on the command line. */
export function viewOf(name: string): View {
  const { clients, connections, bytes, rate, think } = options
  return initialView({
    target: shownTarget(modelTarget(findModel(name)!, options), options),
    model: entryOf(name),
    load: { clients, connections, bytes, rate, think },
  })
}
