import { execFileSync } from 'node:child_process'
import { chownSync, readdirSync } from 'node:fs'
import type { Row } from '../row.ts'

const redis: Row = {
  name: 'redis-server',
  program: 'redis-server',
  package: 'redis-server',
  command: ({ port, folder }) => [
    'redis-server',
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--appendonly',
    'yes',
  ],
  service: 'any',
  connections: 5,
  processes: [{ role: 'server', name: /^redis-server 127\.0\.0\.1:\d+$/, count: 1 }],
}

const memcached: Row = {
  name: 'memcached with 4 threads',
  program: 'memcached',
  package: 'memcached',
  command: ({ port }) => ['memcached', '-u', 'nobody', '-l', '127.0.0.1', '-p', `${port}`, '-t', '4'],
  service: 'any',
  connections: 5,
  processes: [{ role: 'server', name: /^memcached$/, count: 1 }],
}

const POSTGRES = '/usr/lib/postgresql'

/** Where the programs of the newest PostgreSQL are: none of them is on PATH. */
function postgresPrograms(): string {
  const [newest = '0'] = readVersions().sort((a, b) => b - a)
  return `${POSTGRES}/${newest}/bin`
}

function readVersions(): number[] {
  try {
    return readdirSync(POSTGRES).map(Number)
  } catch {
    return []
  }
}

function idOf(kind: '-u' | '-g', user: string): number {
  return Number(execFileSync('id', [kind, user], { encoding: 'utf8' }))
}

/** PostgreSQL refuses to run as root, so another user's id comes first: the probe crosses setpriv. */
const postgres: Row = {
  name: 'postgres through setpriv',
  program: `${postgresPrograms()}/postgres`,
  package: 'postgresql',
  command({ port, folder }) {
    const [uid, gid] = [idOf('-u', 'postgres'), idOf('-g', 'postgres')]
    chownSync(folder, uid, gid)
    const data = `${folder}/data`
    const as = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
    const [first = '', ...rest] = [...as, `${postgresPrograms()}/initdb`, '-N', '-A', 'trust', '-D', data]
    execFileSync(first, rest, { stdio: 'ignore', cwd: '/' })
    const address = ['-h', '127.0.0.1', '-p', `${port}`, '-k', folder]
    return [...as, `${postgresPrograms()}/postgres`, '-D', data, ...address]
  },
  service: 'any',
  isSilent: true,
  connections: 10,
  processes: [
    { role: 'parent', name: /postgres/, count: 1 },
    { role: 'child', name: /^postgres: checkpointer/, count: 1 },
    { role: 'child', name: /^postgres: walwriter/, count: 1 },
    { role: 'child', name: /^/, count: 'each' },
  ],
}

export const storeRows: Row[] = [redis, memcached, postgres]
