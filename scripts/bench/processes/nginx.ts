import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Server, startServer } from './server.ts'

const WORKERS = 2
/** As large as the page that nginx comes with. */
const PAGE = Buffer.alloc(612, 'x')

/** Starts an nginx of our own, with one small page and connections that stay as long as the client likes. */
export async function startNginx(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'csdesign-nginx-'))
  // Its workers are not root, whoever starts it.
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'www'))
  writeFileSync(join(folder, 'www/index.html'), PAGE)
  const server = await startServer((port) => {
    writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port))
    return { file: 'nginx', args: ['-p', folder, '-c', join(folder, 'nginx.conf')] }
  })
  const stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true })
  }
  return { ...server, stop }
}

function configuration(folder: string, port: number): string {
  return `
daemon off;
worker_processes ${WORKERS};
pid ${folder}/pid;
error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  keepalive_requests 1000000000;
  server { listen 127.0.0.1:${port} backlog=1024; root ${folder}/www; }
}
`
}
