import { join } from 'node:path'
import type { Row } from '../row.ts'

const java = (name: string, file: string): Row => ({
  name: `Java ${name}`,
  program: 'javac',
  package: 'default-jdk-headless',
  command: ({ port }) => ['java', join(import.meta.dirname, '../programs', file), `${port}`],
  service: 'any',
  connections: 10,
  processes: [{ role: 'server', name: /^java$/, count: 1 }],
})

export const javaRows: Row[] = [java('blocking', 'Blocking.java'), java('NIO', 'Nio.java')]
