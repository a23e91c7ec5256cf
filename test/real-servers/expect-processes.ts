import { expect } from 'vitest'
import type { Expected, Row } from './row.ts'

/** A process as the report and the tree tell of it. */
export type Told = { role: string; name: string }

/** How many processes there are of each kind that the row names; others are listed as they are told. */
export function countKinds({ processes }: Row, told: readonly Told[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const each of told) {
    const kind = processes.find((expected) => isOf(expected, each))
    const key = kind ? keyOf(kind) : `${each.role} ${each.name}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

/** Checks that there are the processes that the row names, so many of each. */
export function expectProcesses(row: Row, told: readonly Told[]): void {
  const counts = countKinds(row, told)
  for (const each of row.processes) {
    const count = each.count === 'each' ? expect.any(Number) : each.count
    expect(counts).toMatchObject({ [keyOf(each)]: count })
  }
}

/** Whether all are there that are when the server is at rest. A parent for each connection has no children then. */
export function isComplete(row: Row, told: readonly Told[]): boolean {
  const isAlone = row.processes.some(({ count }) => count === 'each') && told.length === 1
  const counts = countKinds(row, isAlone ? told.map((each) => ({ ...each, role: 'parent' })) : told)
  return row.processes.every((each) => each.count === 'each' || counts[keyOf(each)] === each.count)
}

/** Those that stay as long as the server runs: others come and go by themselves. */
export function lasting<T extends Told>({ processes }: Row, told: readonly T[]): T[] {
  return told.filter((each) => {
    const kind = processes.find((expected) => isOf(expected, each))
    return kind !== undefined && kind.count !== 'each'
  })
}

function keyOf({ role, name }: Expected): string {
  return `${role} ${name}`
}

function isOf({ role, name }: Expected, told: Told): boolean {
  return told.role.split(' ')[0] === role && name.test(told.name)
}
