import { useEffect, useReducer } from 'react'
import type { Duration } from '../state/event.ts'
import type { Controller } from './control/controller.ts'

/** Figures are drawn not more often than this; keys are answered at once. */
const FRAME_INTERVAL: Duration = 250

/** Draws again when the view changes, when the terminal is resized, and now and then when figures have changed. */
export function useBeat(controller: Controller, terminal: NodeJS.WriteStream): void {
  const [, draw] = useReducer((frames: number) => frames + 1, 0)
  useEffect(() => {
    let drawnAt = -Infinity
    let timer: NodeJS.Timeout | null = null
    const drawFigures = () => {
      timer = null
      drawnAt = performance.now()
      controller.follow()
      draw()
    }
    const figuresChanged = () => {
      timer ??= setTimeout(drawFigures, Math.max(0, drawnAt + FRAME_INTERVAL - performance.now()))
    }
    const forgetView = controller.onView(draw)
    const forgetState = controller.onState(figuresChanged)
    terminal.on('resize', drawFigures)
    return () => {
      if (timer) clearTimeout(timer)
      forgetView()
      forgetState()
      terminal.off('resize', drawFigures)
    }
  }, [controller, terminal])
}
