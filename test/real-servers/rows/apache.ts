import type { Place, Row } from '../row.ts'
import { writeFile } from '../write-file.ts'

const MODULES = '/usr/lib/apache2/modules'
const CHILDREN = 3

const PROCESSES_ONLY = `StartServers ${CHILDREN}
MinSpareServers ${CHILDREN}
MaxSpareServers ${CHILDREN}
MaxRequestWorkers ${CHILDREN}`

const WITH_THREADS = `StartServers ${CHILDREN}
ServerLimit ${CHILDREN}
ThreadsPerChild 5
MinSpareThreads 15
MaxSpareThreads 15
MaxRequestWorkers 15`

function configuration(mpm: string, { port, folder }: Place): string {
  return `ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
LoadModule mpm_${mpm}_module ${MODULES}/mod_mpm_${mpm}.so
LoadModule authz_core_module ${MODULES}/mod_authz_core.so
User www-data
Group www-data
PidFile ${folder}/apache2.pid
DefaultRuntimeDir ${folder}
Mutex file:${folder}
ErrorLog ${folder}/error.log
DocumentRoot ${folder}/www
KeepAlive On
${mpm === 'prefork' ? PROCESSES_ONLY : WITH_THREADS}
`
}

const apache = (mpm: 'prefork' | 'worker' | 'event'): Row => ({
  name: `apache2 ${mpm}`,
  program: 'apache2',
  package: 'apache2',
  command: (place) => {
    writeFile(place.folder, 'www/index.html', 'apache2\n')
    const file = writeFile(place.folder, 'apache2.conf', configuration(mpm, place))
    return ['apache2', '-f', file, '-DFOREGROUND']
  },
  service: 'http',
  processes: [
    { role: 'parent', name: /^apache2$/, count: 1 },
    { role: 'child', name: /^apache2$/, count: CHILDREN },
  ],
})

export const apacheRows: Row[] = [apache('prefork'), apache('worker'), apache('event')]
