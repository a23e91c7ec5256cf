import { useEffect, useReducer } from 'react'
import type { Controller } from './controller.ts'

/** Figures are drawn this often, in milliseconds; keys are answered at once. */
const FRAME_INTERVAL = 250

/** Draws again when the view changes, when the terminal is resized, and at intervals for the figures. */
export function useSnapshot(controller: Controller, terminal: NodeJS.WriteStream): void {
  const [, draw] = useReducer((frames: number) => frames + 1, 0)
  useEffect(() => {
    const timer = setInterval(draw, FRAME_INTERVAL)
    const unsubscribe = controller.subscribe(draw)
    terminal.on('resize', draw)
    return () => {
      clearInterval(timer)
      unsubscribe()
      terminal.off('resize', draw)
    }
  }, [controller, terminal])
}
