import type { Latency } from '../state/event.ts'

/** 12345 as `12,345`. */
export function grouped(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Milliseconds as `0.31`, `2.4` or `118`. */
export function milliseconds(n: number): string {
  return n < 1 ? n.toFixed(2) : n < 10 ? n.toFixed(1) : grouped(n)
}

/** `p50 0.31  p90 2.4  p99 11  max 118`, in milliseconds. */
export function percentiles({ p50, p90, p99, max }: Latency): string {
  return `p50 ${milliseconds(p50)}  p90 ${milliseconds(p90)}  p99 ${milliseconds(p99)}  max ${milliseconds(max)}`
}

/** Bytes as `812 B`, `4.1 MB`. */
export function byteSize(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let unit = 0
  while (n >= 1000 && unit < units.length - 1) {
    n /= 1000
    unit++
  }
  return `${unit === 0 || n >= 100 ? Math.round(n) : n.toFixed(1)} ${units[unit]}`
}

/** `ECONNRESET 3, SHORT 1`, the most frequent first; empty when there is none. */
export function failureList(failed: Record<string, number>): string {
  return Object.entries(failed)
    .sort(([, a], [, b]) => b - a)
    .map(([errno, count]) => `${errno} ${grouped(count)}`)
    .join(', ')
}
