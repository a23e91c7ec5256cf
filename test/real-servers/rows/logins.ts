import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import type { Row } from '../row.ts'
import { writeFile } from '../write-file.ts'

const sshd: Row = {
  name: 'sshd',
  program: '/usr/sbin/sshd',
  package: 'openssh-server',
  command({ port, folder }) {
    // Where it separates privileges; Debian makes it when the service starts.
    if (process.getuid!() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
    const key = `${folder}/key`
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
    const configuration = `ListenAddress 127.0.0.1:${port}
HostKey ${key}
PidFile ${folder}/sshd.pid
MaxStartups 100
UsePAM no
`
    return ['/usr/sbin/sshd', '-D', '-e', '-f', writeFile(folder, 'sshd_config', configuration)]
  },
  service: 'any',
  connections: 5,
  whyNotWell: 'a child ends with 255 when its client speaks no SSH',
  processes: [
    { role: 'parent', name: /^sshd/, count: 1 },
    { role: 'child', name: /^/, count: 'each' },
  ],
}

const dropbear: Row = {
  name: 'dropbear',
  program: 'dropbear',
  package: 'dropbear-bin',
  command: ({ port, folder }) => {
    execFileSync('dropbearkey', ['-t', 'ed25519', '-f', `${folder}/key`], { stdio: 'ignore' })
    return ['dropbear', '-F', '-E', '-r', `${folder}/key`, '-P', `${folder}/pid`, '-p', `127.0.0.1:${port}`]
  },
  service: 'any',
  // It serves no more than five of one address before they have logged in.
  clients: 3,
  connections: 10,
  processes: [
    { role: 'parent', name: /^dropbear/, count: 1 },
    { role: 'child', name: /^/, count: 'each' },
  ],
}

const vsftpd: Row = {
  name: 'vsftpd',
  program: 'vsftpd',
  package: 'vsftpd',
  command({ port, folder }) {
    const configuration = `listen=YES
background=NO
listen_address=127.0.0.1
listen_port=${port}
anonymous_enable=YES
anon_root=${folder}/ftp
isolate=NO
isolate_network=NO
secure_chroot_dir=${folder}/empty
max_clients=0
max_per_ip=0
`
    mkdirSync(`${folder}/ftp`)
    mkdirSync(`${folder}/empty`)
    return ['vsftpd', writeFile(folder, 'vsftpd.conf', configuration)]
  },
  service: 'any',
  connections: 5,
  whyNotWell: 'a child ends with 1 when its client does not log in',
  processes: [
    { role: 'parent', name: /^vsftpd/, count: 1 },
    { role: 'child', name: /^/, count: 'each' },
  ],
}

export const loginRows: Row[] = [sshd, dropbear, vsftpd]
