import { Box, Text } from 'ink'
import type { Controller } from './controller.ts'
import { isTooSmall, layoutFor, SMALLEST } from './layout.ts'
import { Lines } from './lines.tsx'
import { guideOverlay } from './overlays/guide.ts'
import { helpOverlay } from './overlays/help.ts'
import { signalMenu } from './overlays/signal-menu.ts'
import { chartPane } from './panes/chart-pane.ts'
import { clientPane } from './panes/client-pane.ts'
import { eventsPane } from './panes/events-pane.ts'
import { balanceText, headerText, keysText } from './panes/lines.ts'
import { manualPane } from './panes/manual-pane.ts'
import { modelsLine, modelsPane } from './panes/models-pane.ts'
import { processPane } from './panes/process-pane.ts'
import type { Size } from './panes/size.ts'
import { connectionsPane, socketsPane } from './panes/sockets-pane.ts'
import { saidBelow } from './said-below.ts'
import { clock, cut, pad } from './text.ts'
import { theme } from './theme.ts'
import { useCharts } from './use-charts.ts'
import { useSnapshot } from './use-snapshot.ts'
import { keyContext, type View } from './view-state.ts'

type Props = { controller: Controller; terminal: NodeJS.WriteStream }

/** The whole screen. A pane is a list of lines of exactly its width; here they are put in their places. */
export function App({ controller, terminal }: Props) {
  useSnapshot(controller, terminal)
  const size: Size = { width: terminal.columns || SMALLEST.width, height: terminal.rows || SMALLEST.height }
  controller.size = size
  if (isTooSmall(size)) return <Text>{tooSmall(size)}</Text>

  controller.selectedRow() // what is selected may have left the tree
  const { view, state, target } = controller
  const { width } = size
  return (
    <Box flexDirection="column" width={width} height={size.height}>
      <Lines lines={[headerText(state, frozenText(controller) || target.summary, width)]} width={width} />
      {view.overlay?.kind === 'help' ? (
        <Lines lines={helpOverlay(layoutFor(size).body)} width={width} />
      ) : (
        <Panes controller={controller} size={size} />
      )}
      <Lines
        lines={[
          view.notice ? theme.warning(pad(cut(` ${view.notice}`, width), width)) : balanceText(state, width),
          bottomLine(view, width),
        ]}
        width={width}
      />
    </Box>
  )
}

function Panes({ controller, size }: { controller: Controller; size: Size }) {
  const { view, state } = controller
  const { pane, overlay } = view
  const layout = layoutFor(size, { hasGuide: overlay?.kind === 'guide' })
  const { models, processes, sockets, chart } = layout
  useCharts(chart !== null || view.beside === 'chart')
  return (
    <>
      {!models && (
        <Lines lines={[modelsLine(state, view.model, pane === 'models', size.width)]} width={size.width} />
      )}
      <Box>
        {models && (
          <Lines lines={modelsPane(state, view.model, pane === 'models', models)} width={models.width} />
        )}
        <Box flexDirection="column">
          <Lines
            lines={processPane(
              state,
              controller.rows(),
              view.row,
              pane === 'processes',
              saidBelow(controller, processes),
              processes,
            )}
            width={processes.width}
          />
          {overlay?.kind === 'guide' && (
            <Lines lines={guideOverlay(overlay.name, overlay.top, layout.guide)} width={layout.guide.width} />
          )}
          {sockets && chart && (
            <Box>
              <Lines lines={socketsPane(state, sockets)} width={sockets.width} />
              <Lines lines={chartPane(state, view.chart, chart)} width={chart.width} />
            </Box>
          )}
          {overlay?.kind === 'manual' && !models && (
            <Lines lines={clients(controller, layout.lower)} width={layout.lower.width} />
          )}
          {overlay?.kind !== 'guide' && (models || overlay?.kind !== 'manual') && (
            <Box>
              <Lines lines={besides(controller, layout.events)} width={layout.events.width} />
              <Lines lines={clients(controller, layout.client)} width={layout.client.width} />
            </Box>
          )}
        </Box>
      </Box>
    </>
  )
}

/** The lower left pane: mostly the events. */
function besides(controller: Controller, size: Size): string[] {
  const { view, state } = controller
  if (view.overlay?.kind === 'signal') return signalMenu(controller.selectedRow(), view.overlay.index, size)
  if (view.beside === 'sockets')
    return layoutFor(controller.size).sockets ? connectionsPane(state, size) : socketsPane(state, size)
  if (view.beside === 'chart') return chartPane(state, view.chart, size)
  return eventsPane(state, view, size)
}

/** The lower right pane: the load, or the connections made by hand. */
function clients({ view, state, manualConnection }: Controller, size: Size): string[] {
  return view.overlay?.kind === 'manual'
    ? manualPane(state, manualConnection, view.overlay.text, size)
    : clientPane(state, view, size)
}

/** That, and since when, the screen stands still. */
function frozenText({ view, session }: Controller): string {
  if (!view.frozen) return ''
  return theme.warning(`❚❚ frozen ${clock(session.state.now - view.frozen.now)} ago, ␣ goes on`)
}

function bottomLine(view: View, columns: number): string {
  if (view.overlay?.kind !== 'question') return keysText(keyContext(view), columns)
  return pad(
    ` ${theme.warning(cut(view.overlay.question.text, columns - 18))}  ${theme.key('y')} yes  ${theme.key('n')} no`,
    columns,
  )
}

function tooSmall({ width, height }: Size): string {
  return `csdesign-tui needs ${SMALLEST.width}×${SMALLEST.height}; this is ${width}×${height}.`.slice(
    0,
    width,
  )
}
