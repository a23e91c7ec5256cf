import type { Row } from '../row.ts'
import { writeFile } from '../write-file.ts'

const forEach = { role: 'child', name: /^/, count: 'each' } as const

const xinetd: Row = {
  name: 'xinetd',
  program: 'xinetd',
  package: 'xinetd',
  command({ port, folder }) {
    const service = `service answer
{
  type = UNLISTED
  socket_type = stream
  protocol = tcp
  wait = no
  user = root
  bind = 127.0.0.1
  port = ${port}
  server = /bin/echo
  server_args = xinetd
  instances = UNLIMITED
  per_source = UNLIMITED
  cps = 10000 1
}
`
    const file = writeFile(folder, 'xinetd.conf', service)
    return ['xinetd', '-dontfork', '-f', file, '-pidfile', `${folder}/pid`, '-filelog', `${folder}/log`]
  },
  service: 'any',
  connections: 10,
  processes: [{ role: 'parent', name: /^xinetd/, count: 1 }, forEach],
}

const socat: Row = {
  name: 'socat with fork',
  program: 'socat',
  package: 'socat',
  command: ({ port }) => ['socat', `TCP-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr`, 'SYSTEM:head -n 1'],
  service: 'any',
  connections: 5,
  processes: [{ role: 'parent', name: /^socat/, count: 1 }, forEach],
}

const ncat: Row = {
  name: 'ncat -lk',
  program: 'ncat',
  package: 'ncat',
  command: ({ port }) => ['ncat', '-l', '-k', '-c', 'head -n 1', '127.0.0.1', `${port}`],
  service: 'any',
  connections: 5,
  processes: [{ role: 'parent', name: /^ncat/, count: 1 }, forEach],
}

const busybox: Row = {
  name: 'busybox httpd',
  program: 'busybox',
  package: 'busybox',
  command({ port, folder }) {
    writeFile(folder, 'www/index.html', 'busybox\n')
    return ['busybox', 'httpd', '-f', '-p', `127.0.0.1:${port}`, '-h', `${folder}/www`]
  },
  service: 'http',
  connections: 10,
  processes: [{ role: 'parent', name: /^busybox/, count: 1 }, forEach],
}

export const inetdRows: Row[] = [xinetd, socat, ncat, busybox]
