import { Box, Text } from 'ink'
import type { Controller } from './control/controller.ts'
import { drawPane, tooSmall } from './frame.ts'
import { isTooSmall } from './layout.ts'
import { Lines } from './lines.tsx'
import { type PlacedPane, placedPanes } from './panes/table.ts'
import type { Scene } from './scene.ts'
import { useBeat } from './use-beat.ts'

type Props = { controller: Controller; terminal: NodeJS.WriteStream }

/** The whole screen: a component for each pane that is seen. Together they are the lines of frame(). */
export function Screen({ controller, terminal }: Props) {
  useBeat(controller, terminal)
  const { scene } = controller
  const { size } = scene.layout
  if (isTooSmall(size)) return <Text>{tooSmall(size)}</Text>
  return (
    <Box width={size.width} height={size.height}>
      {placedPanes(scene).map((placed) => (
        <PaneBox key={placed.pane.id} placed={placed} scene={scene} />
      ))}
    </Box>
  )
}

function PaneBox({ placed, scene }: { placed: PlacedPane; scene: Scene }) {
  const { x, y, width, height } = placed.rect
  return (
    <Box position="absolute" marginLeft={x} marginTop={y} width={width} height={height}>
      <Lines lines={drawPane(placed, scene)} width={width} />
    </Box>
  )
}
