import { Box, Text } from 'ink'
import type { Controller } from './controller.ts'
import { isTooSmall, layoutFor, SMALLEST } from './layout.ts'
import { Lines } from './lines.tsx'
import { guideOverlay } from './overlays/guide.ts'
import { helpOverlay } from './overlays/help.ts'
import { signalMenu } from './overlays/signal-menu.ts'
import { clientPane } from './panes/client-pane.ts'
import { eventsPane } from './panes/events-pane.ts'
import { labLines } from './panes/lab-lines.ts'
import { balanceText, headerText, keysText } from './panes/lines.ts'
import { modelsLine, modelsPane } from './panes/models-pane.ts'
import { processPane } from './panes/process-pane.ts'
import type { Size } from './panes/size.ts'
import { whatHappened } from './panes/what-happened.ts'
import { pad } from './text.ts'
import { theme } from './theme.ts'
import { useSnapshot } from './use-snapshot.ts'
import { keyContext, type View } from './view-state.ts'

type Props = { controller: Controller; terminal: NodeJS.WriteStream }

/** The whole screen. A pane is a list of lines of exactly its width; here they are put in their places. */
export function App({ controller, terminal }: Props) {
  useSnapshot(controller, terminal)
  const size: Size = { width: terminal.columns || SMALLEST.width, height: terminal.rows || SMALLEST.height }
  if (isTooSmall(size)) return <Text>{tooSmall(size)}</Text>

  controller.selectedRow() // what is selected may have left the tree
  const { view, engine, target } = controller
  const { state } = engine
  const layout = layoutFor(size)
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <Lines lines={[headerText(state, target.summary, size.width)]} width={size.width} />
      {view.overlay?.kind === 'help' ? (
        <Lines lines={helpOverlay(layout.body)} width={size.width} />
      ) : (
        <Panes controller={controller} size={size} />
      )}
      <Lines
        lines={[
          view.notice ? theme.warning(pad(` ${view.notice}`, size.width)) : balanceText(state, size.width),
          bottomLine(view, size.width),
        ]}
        width={size.width}
      />
    </Box>
  )
}

function Panes({ controller, size }: { controller: Controller; size: Size }) {
  const { view } = controller
  const { state } = controller.engine
  const { pane, overlay } = view
  const layout = layoutFor(size, { hasGuide: overlay?.kind === 'guide' })
  return (
    <>
      {!layout.models && (
        <Lines lines={[modelsLine(state, view.model, pane === 'models', size.width)]} width={size.width} />
      )}
      <Box>
        {layout.models && (
          <Lines
            lines={modelsPane(state, view.model, pane === 'models', layout.models)}
            width={layout.models.width}
          />
        )}
        <Box flexDirection="column">
          <Lines
            lines={processPane(
              state,
              controller.rows(),
              view.row,
              pane === 'processes',
              saidBelow(controller, layout.processes),
              layout.processes,
            )}
            width={layout.processes.width}
          />
          {overlay?.kind === 'guide' ? (
            <Lines lines={guideOverlay(overlay.name, overlay.top, layout.guide)} width={layout.guide.width} />
          ) : (
            <Box>
              {overlay?.kind === 'signal' ? (
                <Lines
                  lines={signalMenu(controller.selectedRow(), overlay.index, layout.events)}
                  width={layout.events.width}
                />
              ) : (
                <Lines
                  lines={eventsPane(state, view.back, pane === 'events', layout.events)}
                  width={layout.events.width}
                />
              )}
              <Lines lines={clientPane(state, view, layout.client)} width={layout.client.width} />
            </Box>
          )}
        </Box>
      </Box>
    </>
  )
}

/** Below the tree: the lines of a lab, or why there is no server. */
function saidBelow({ engine, target, awaitedSignal }: Controller, size: Size): string[] {
  if (target.lab) return labLines(engine.state, awaitedSignal, size)
  return whatHappened(engine.state, size.width - 4)
}

function bottomLine(view: View, columns: number): string {
  if (view.overlay?.kind !== 'question') return keysText(keyContext(view), columns)
  return pad(
    ` ${theme.warning(view.overlay.question.text)}  ${theme.key('y')} yes  ${theme.key('n')} no`,
    columns,
  )
}

function tooSmall({ width, height }: Size): string {
  return `csdesign-tui needs ${SMALLEST.width}×${SMALLEST.height}; this is ${width}×${height}.`.slice(
    0,
    width,
  )
}
