import type { Expected, Place, Row } from '../row.ts'
import { writeFile } from '../write-file.ts'

const WORKERS = 4

function configuration({ port, folder }: Place, { events = '', listen = '' }): string {
  return `daemon off;
worker_processes ${WORKERS};
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 256; ${events} }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port} ${listen};
    location / { return 200 "nginx\\n"; }
  }
}
`
}

const processes: Expected[] = [
  { role: 'parent', name: /^nginx: master process/, count: 1 },
  { role: 'child', name: /^nginx: worker process/, count: WORKERS },
]

const nginx = (name: string, how: { events?: string; listen?: string }): Row => ({
  name,
  program: 'nginx',
  package: 'nginx-light',
  command: (place) => [
    'nginx',
    '-e',
    `${place.folder}/error.log`,
    '-c',
    writeFile(place.folder, 'nginx.conf', configuration(place, how)),
  ],
  service: 'http',
  processes,
  reload: 'SIGHUP',
})

export const nginxRows: Row[] = [
  nginx('nginx', {}),
  nginx('nginx with accept_mutex', { events: 'accept_mutex on;' }),
  nginx('nginx with reuseport', { listen: 'reuseport' }),
]
