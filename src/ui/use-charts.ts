import { useEffect } from 'react'
import { loadCharts } from './charts/canvas.ts'

/** Loads what draws charts once the first is to be seen, after the frame around it has been drawn. */
export function useCharts(areSeen: boolean): void {
  useEffect(() => {
    if (areSeen) void loadCharts()
  }, [areSeen])
}
