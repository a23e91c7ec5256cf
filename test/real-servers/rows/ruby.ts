import type { Row } from '../row.ts'
import { writeFile } from '../write-file.ts'

const WORKERS = 3

const APPLICATION = `run ->(environment) { [200, { 'Content-Type' => 'text/plain' }, ["ruby\\n"]] }
`

const puma: Row = {
  name: 'puma with workers and threads',
  program: 'puma',
  package: 'puma',
  command({ port, folder }) {
    const file = writeFile(folder, 'config.ru', APPLICATION)
    const shape = ['-w', `${WORKERS}`, '-t', '2:2', '-e', 'production', '--dir', folder]
    return ['puma', ...shape, '-b', `tcp://127.0.0.1:${port}`, file]
  },
  service: 'http',
  processes: [
    { role: 'parent', name: /^puma/, count: 1 },
    { role: 'child', name: /^puma: cluster worker/, count: WORKERS },
  ],
}

const unicorn: Row = {
  name: 'unicorn',
  program: 'unicorn',
  package: 'unicorn',
  command({ port, folder }) {
    const file = writeFile(folder, 'config.ru', APPLICATION)
    const configuration = writeFile(folder, 'unicorn.rb', `worker_processes ${WORKERS}\n`)
    return ['unicorn', '-E', 'none', '-c', configuration, '-l', `127.0.0.1:${port}`, file]
  },
  service: 'http',
  processes: [
    { role: 'parent', name: /^unicorn/, count: 1 },
    { role: 'child', name: /^unicorn/, count: WORKERS },
  ],
  reload: 'SIGHUP',
}

export const rubyRows: Row[] = [puma, unicorn]
