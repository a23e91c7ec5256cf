import { join } from 'node:path'
import type { Expected, Row } from '../row.ts'

const node = (name: string, policy: string, processes: Expected[]): Row => ({
  name,
  program: process.execPath,
  package: 'nodejs',
  command: ({ port }) => [
    process.execPath,
    join(import.meta.dirname, '../programs/http-server.mjs'),
    `${port}`,
    policy,
  ],
  service: 'http',
  processes,
})

const cluster: Expected[] = [
  { role: 'parent', name: /node/i, count: 1 },
  { role: 'child', name: /node/i, count: 3 },
]

export const nodeRows: Row[] = [
  node('node http', 'alone', [{ role: 'server', name: /node/i, count: 1 }]),
  node('node cluster, round robin', 'rr', cluster),
  node('node cluster without a schedule', 'none', cluster),
]
