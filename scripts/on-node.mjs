// Proves that the built program works on other versions of Node: `npm run on-node -- 20 22 24`. Each is fetched from
// the npm registry into a folder that is removed again, passes the tests that fork, and forks 20,000 times in a row.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const TESTS = ['test/e2e', 'test/labs', 'test/servers']
const CLIENTS = 10
const FORKS = 20_000
const LIMIT = 10 * 60_000

const versions = process.argv.slice(2)
if (versions.length === 0) {
  console.error('Which versions? For example: npm run on-node -- 20 22 24')
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'csdesign-node-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))

const failures = []
for (const version of versions) {
  const node = fetchNode(version)
  const exact = run(node, ['--version']).trim()
  console.log(`\nNode ${exact}`)
  if (!(passesTests(node) && (await forksWithoutEnd(node, exact)))) failures.push(exact)
}
console.log(failures.length === 0 ? '\nAll passed.' : `\nFailed: ${failures.join(', ')}.`)
process.exit(failures.length === 0 ? 0 : 1)

/** The path of that version's program, which is a package of its own for each kind of processor. */
function fetchNode(version) {
  const name = `node-linux-${process.arch}`
  const place = join(folder, version)
  const options = ['--prefix', place, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
  run('npm', ['install', ...options, `${name}@${version}`])
  return join(place, 'node_modules', name, 'bin/node')
}

function passesTests(node) {
  const command = ['--no-install', 'vitest', 'run', ...TESTS]
  const env = { ...process.env, CSDESIGN_TEST_NODE: node }
  return spawnSync('npx', command, { cwd: root, env, stdio: 'inherit' }).status === 0
}

/** One server forks for each connection; none of the children may hang. */
async function forksWithoutEnd(node, version) {
  const load = ['-c', CLIENTS, '-t', FORKS / CLIENTS, '-b', 4096, '--port', await freePort(), '--json']
  const command = [join(root, 'dist/cli.js'), 'run', 'fork', ...load].map(String)
  const { status, stdout, stderr } = spawnSync(node, command, { encoding: 'utf8', timeout: LIMIT })
  // The exit code says whether every connection was served, and accepted once.
  const isGood = status === 0 && JSON.parse(stdout).node === version
  console.log(`${FORKS} forks in a row: ${isGood ? 'none hung' : `FAILED\n${stderr}${stdout}`}`)
  return isGood
}

function run(file, args) {
  const { error, status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' })
  if (error || status !== 0) {
    console.error(error?.message ?? stderr)
    process.exit(1)
  }
  return stdout
}

/** A port below those that the kernel gives to clients. */
async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (await isFree(port)) return port
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
