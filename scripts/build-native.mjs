import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = dirname(import.meta.dirname)

/** For every file of C, and so also for `npm run lint`. */
const warnings = ['-Wall', '-Wextra', '-Wconversion', '-Wshadow', '-Wstrict-prototypes']
const common = ['-std=gnu11', '-O2', ...warnings, '-fvisibility=hidden', '-fstack-protector-strong']
const fortified = ['-U_FORTIFY_SOURCE', '-D_FORTIFY_SOURCE=2']
// With it our own calls would become other ones, such as __poll_chk, which the probe replaces.
const unfortified = ['-U_FORTIFY_SOURCE']
// Bound when loaded: otherwise every forked child looks its symbols up anew.
const bound = ['-Wl,-z,relro', '-Wl,-z,now']

/** What is built: every C file of a folder becomes one file of dist/native. */
export const targets = [
  {
    out: 'posix.node',
    folder: 'servers/posix',
    compile: [...common, ...fortified, '-fPIC', '-pthread', '-I', nodeApi()],
    link: ['-shared', '-pthread', ...bound],
  },
  {
    out: 'probe.so',
    folder: 'src/observe/probe',
    compile: [...common, ...unfortified, '-fPIC', '-pthread'],
    link: ['-shared', '-pthread', '-ldl', '-Wl,-z,initfirst', ...bound],
  },
  {
    out: 'perf-reader',
    folder: 'src/observe/perf/reader',
    compile: [...common, ...fortified, '-fPIE'],
    link: ['-pie', ...bound],
  },
  {
    out: 'launcher',
    folder: 'src/supervise/launcher',
    compile: [...common, ...fortified, '-fPIE'],
    link: ['-pie', ...bound],
  },
]

export const compiler = process.env.CC || 'cc'

/** Compiles what is older than its source into dist/native. Throws a sentence when there is no compiler or it fails. */
export async function buildNative() {
  mkdirSync(join(root, 'dist/native'), { recursive: true })
  for (const target of targets) if (isStale(target)) build(target)
}

/** The paths of a target's C files. */
export function sourcesOf({ folder }) {
  return filesOf(folder, '.c')
}

function filesOf(folder, ...endings) {
  const names = readdirSync(join(root, folder)).sort()
  return names
    .filter((name) => endings.some((end) => name.endsWith(end)))
    .map((name) => join(root, folder, name))
}

/** The headers of Node-API, from a package: a fresh machine has none, and need not download Node's. */
function nodeApi() {
  return createRequire(import.meta.url)('node-api-headers').include_dir
}

function isStale({ out, folder }) {
  const built = modified(join(root, 'dist/native', out))
  const inputs = [...filesOf(folder, '.c', '.h'), join(root, folder), import.meta.filename]
  return inputs.some((file) => modified(file) > built)
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function build(target) {
  const { out, compile, link } = target
  const built = join(root, 'dist/native', out)
  const args = [...compile, '-Werror', '-o', `${built}.new`, ...sourcesOf(target), ...link]
  const { error, status, stderr } = spawnSync(compiler, args, { encoding: 'utf8' })
  if (error?.code === 'ENOENT')
    throw new Error(
      `No C compiler found ("${compiler}"): install one, for example with "apt-get install gcc libc6-dev", or name yours in CC.`,
    )
  if (error) throw error
  if (status !== 0) throw new Error(`${compiler} could not build ${out}:\n${stderr}`)
  // Renamed into place, so that a running server keeps the file that it has loaded.
  renameSync(`${built}.new`, built)
}
