import { join } from 'node:path'
import type { Expected, Row } from '../row.ts'

const PYTHON = '/usr/bin/python3'

/** Programs of Python's own library: what they do is in programs/. */
const python = (name: string, program: string, service: Row['service'], processes: Expected[]): Row => ({
  name: `Python ${name}`,
  program: PYTHON,
  package: 'python3-minimal and python3',
  command: ({ port }) => [PYTHON, join(import.meta.dirname, '../programs', program), `${port}`, name],
  service,
  connections: 10,
  processes,
})

const alone: Expected[] = [{ role: 'server', name: /^python3/, count: 1 }]
const forks: Expected[] = [
  { role: 'parent', name: /^python3/, count: 1 },
  { role: 'child', name: /^/, count: 'each' },
]
/** Beside them is, with spawn, the resource tracker. */
const pool: Expected[] = [
  { role: 'parent', name: /^python3/, count: 1 },
  { role: 'child', name: /^python3/, count: 3 },
]

export const pythonRows: Row[] = [
  {
    ...python('http.server', '', 'http', alone),
    command: ({ port, folder }) => [
      PYTHON,
      '-m',
      'http.server',
      '--bind',
      '127.0.0.1',
      '--directory',
      folder,
      `${port}`,
    ],
  },
  python('ForkingTCPServer', 'socket_server.py', 'any', forks),
  python('ThreadingTCPServer', 'socket_server.py', 'any', alone),
  python('asyncio', 'asyncio_server.py', 'any', alone),
  python('fork', 'pool.py', 'any', pool),
  python('spawn', 'pool.py', 'any', [pool[0]!, { ...pool[1]!, count: 4 }]),
]
