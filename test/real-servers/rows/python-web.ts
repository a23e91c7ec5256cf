import type { Expected, Place, Row } from '../row.ts'
import { writeFile } from '../write-file.ts'

const WORKERS = 3

const APPLICATION = `def application(environment, start_response):
    body = b'wsgi\\n'
    start_response('200 OK', [('Content-Length', str(len(body)))])
    return [body]
`

const gunicorn = (kind: 'sync' | 'gthread' | 'gevent', packages: string): Row => ({
  name: `gunicorn ${kind}`,
  program: 'gunicorn',
  package: packages,
  command({ port, folder }) {
    writeFile(folder, 'application.py', APPLICATION)
    const threads = kind === 'gthread' ? ['--threads', '4'] : []
    const address = ['--bind', `127.0.0.1:${port}`, '--chdir', folder]
    return ['gunicorn', '-w', `${WORKERS}`, '-k', kind, ...threads, ...address, 'application']
  },
  service: 'http',
  processes: [
    { role: 'parent', name: /gunicorn/, count: 1 },
    { role: 'child', name: /gunicorn/, count: WORKERS },
  ],
  reload: 'SIGHUP',
})

const uwsgi = (name: string, options: (place: Place) => string[], processes: Expected[]): Row => ({
  name,
  program: 'uwsgi',
  package: 'uwsgi-core and uwsgi-plugin-python3',
  command(place) {
    const file = writeFile(place.folder, 'application.py', APPLICATION)
    const workers = ['--processes', `${WORKERS}`, '--master', '--die-on-term']
    return ['uwsgi', '--plugin', 'python3', ...options(place), '--wsgi-file', file, ...workers]
  },
  service: 'http',
  processes,
})

export const pythonWebRows: Row[] = [
  gunicorn('sync', 'gunicorn'),
  gunicorn('gthread', 'gunicorn'),
  gunicorn('gevent', 'gunicorn and python3-gevent'),
  uwsgi('uwsgi', ({ port }) => ['--http-socket', `127.0.0.1:${port}`], [
    { role: 'parent', name: /^uwsgi/, count: 1 },
    { role: 'child', name: /^uwsgi/, count: WORKERS },
  ]),
]
