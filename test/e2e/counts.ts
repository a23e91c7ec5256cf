import { expect } from 'vitest'
import type { Report } from '../support/run-json.ts'

/** What could not be seen is no number, and makes the sum none. */
export const sum = (numbers: (number | null)[]) =>
  numbers.reduce<number>((total, each) => total + (each ?? Number.NaN), 0)

/** Accepts of all processes but the first, of those too that are not listed any more. */
export function acceptsOfChildren({ processes, departed }: Report): number {
  return (
    sum(processes.filter(({ role }) => role.startsWith('child')).map(({ accepts }) => accepts)) +
    departed.accepts
  )
}

export function parentOf({ processes }: Report): Report['processes'][number] {
  return processes.find(({ role }) => role === 'parent' || role === 'server')!
}

/** Every connection succeeded, was accepted by somebody, and nothing was missed. */
export function expectComplete(report: Report & { code: number | null }, connections: number): void {
  const { load, processes, departed, balance, probe, code } = report
  expect(load).toMatchObject({ connections, succeeded: connections, failed: {} })
  expect(sum(processes.map(({ accepts }) => accepts)) + departed.accepts).toBe(connections)
  expect(balance).toEqual({
    connects: connections,
    accepts: connections,
    queued: 0,
    refused: 0,
    discarded: null,
  })
  expect(probe).toMatchObject({ dropped: 0, blind: [] })
  expect(code).toBe(0)
}

/** Models whose children accept for themselves. */
const CHILDREN_ACCEPT = ['prefork', 'prefork-select', 'prefork-epoll', 'reuseport']

/** The accepts are with those whose task it is in this model; what `cluster` does is up to its schedule. */
export function expectWhoAccepted(model: string, report: Report, connections: number): void {
  if (CHILDREN_ACCEPT.includes(model)) {
    expect(acceptsOfChildren(report)).toBe(connections)
    expect(report.processes.filter(({ role }) => role.startsWith('child'))).toHaveLength(10)
  } else if (model !== 'cluster') {
    expect(parentOf(report).accepts).toBe(connections)
  }
}
