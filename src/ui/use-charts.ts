import { useEffect } from 'react'
import { loadCharts } from './charts/canvas.ts'

/** Loads what draws charts once the first is to be seen, after the frame around it has been drawn. */
export function useCharts(areSeen: boolean): void {
  useEffect(() => {
    // Without it the charts say so themselves, and the rest of the screen needs none.
    if (areSeen) loadCharts().catch(() => {})
  }, [areSeen])
}
