import { milliseconds } from '../print/units.ts'
import { processCpu } from '../processes/proc.ts'
import { median, quantile } from './median.ts'
import { limitRow, type Row } from './row.ts'

/** Bytes that the screen may take. */
export const MOST_MEMORY = 150 * 1024 * 1024
const MOST_LATENCY = 100

/** The share of one core that the process itself takes meanwhile, without its children. */
export async function cpuShare(pid: number, meanwhile: () => Promise<unknown>): Promise<number> {
  const [cpu, began] = [processCpu(pid), performance.now()]
  await meanwhile()
  return (processCpu(pid) - cpu) / ((performance.now() - began) / 1000)
}

/** How soon keys were answered; `of` stands before it. */
export function latencyRow(latencies: readonly number[], of = ''): Row {
  const note = `median ${milliseconds(median(latencies))}`
  return limitRow(
    `${of}a key answered, 95 of 100`,
    quantile(latencies, 0.95),
    MOST_LATENCY,
    milliseconds,
    note,
  )
}
