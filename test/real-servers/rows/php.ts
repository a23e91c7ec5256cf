import { readdirSync } from 'node:fs'
import type { Row } from '../row.ts'
import { writeFile } from '../write-file.ts'

const WORKERS = 3

/** Debian puts the version into the name. */
function fpm(): string {
  return readdirSync('/usr/sbin').find((name) => name.startsWith('php-fpm')) ?? 'php-fpm'
}

const phpFpm: Row = {
  name: 'php-fpm',
  program: fpm(),
  package: 'php-fpm',
  command({ port, folder }) {
    const configuration = `[global]
error_log = ${folder}/error.log
daemonize = no
[www]
user = www-data
group = www-data
listen = 127.0.0.1:${port}
pm = static
pm.max_children = ${WORKERS}
`
    return [fpm(), '-F', '-y', writeFile(folder, 'php-fpm.conf', configuration)]
  },
  // No FastCGI: it closes at once.
  service: 'http',
  isSilent: true,
  processes: [
    { role: 'parent', name: /^php-fpm: master process/, count: 1 },
    { role: 'child', name: /^php-fpm: pool www/, count: WORKERS },
  ],
  reload: 'SIGUSR2',
}

const phpServer: Row = {
  name: 'php -S with workers',
  program: 'php',
  package: 'php-cli',
  command({ port, folder }) {
    writeFile(folder, 'index.php', 'php\n')
    return ['env', `PHP_CLI_SERVER_WORKERS=${WORKERS}`, 'php', '-S', `127.0.0.1:${port}`, '-t', folder]
  },
  service: 'http',
  processes: [
    { role: 'parent', name: /^php/, count: 1 },
    { role: 'child', name: /^php/, count: WORKERS },
  ],
}

export const phpRows: Row[] = [phpFpm, phpServer]
