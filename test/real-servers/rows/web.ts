import type { Row } from '../row.ts'
import { writeFile } from '../write-file.ts'

const haproxy: Row = {
  name: 'haproxy -W with 4 threads',
  program: 'haproxy',
  package: 'haproxy',
  command({ port, folder }) {
    const configuration = `global
  nbthread 4
defaults
  mode http
  timeout connect 5s
  timeout client 5s
  timeout server 5s
frontend front
  bind 127.0.0.1:${port}
  http-request return status 200 content-type text/plain string haproxy
`
    return ['haproxy', '-W', '-db', '-f', writeFile(folder, 'haproxy.cfg', configuration)]
  },
  service: 'http',
  processes: [
    { role: 'parent', name: /^haproxy$/, count: 1 },
    { role: 'child', name: /^haproxy$/, count: 1 },
  ],
}

const lighttpd: Row = {
  name: 'lighttpd with 3 workers',
  program: 'lighttpd',
  package: 'lighttpd',
  command({ port, folder }) {
    writeFile(folder, 'www/index.html', 'lighttpd\n')
    const configuration = `server.bind = "127.0.0.1"
server.port = ${port}
server.document-root = "${folder}/www"
server.username = "www-data"
server.groupname = "www-data"
server.max-worker = 3
index-file.names = ( "index.html" )
`
    return ['lighttpd', '-D', '-f', writeFile(folder, 'lighttpd.conf', configuration)]
  },
  service: 'http',
  processes: [
    { role: 'parent', name: /^lighttpd$/, count: 1 },
    { role: 'child', name: /^lighttpd$/, count: 3 },
  ],
}

export const webRows: Row[] = [haproxy, lighttpd]
