import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = dirname(import.meta.dirname)
const flags = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror']
const shared = ['-shared', '-fPIC', '-fvisibility=hidden']

const targets = [
  { out: 'posix.node', from: 'servers/posix/posix.c', flags: shared, headers: true },
  {
    out: 'probe.so',
    from: 'src/observe/probe.c',
    also: ['src/observe/probe.h'],
    flags: [...shared, '-ldl', '-pthread', '-Wl,-z,initfirst'],
  },
  { out: 'launcher', from: 'src/supervise/launcher.c', flags: [] },
]

/** Compiles what is older than its source into dist/native. Throws a sentence when there is no compiler or it fails. */
export async function buildNative() {
  mkdirSync(join(root, 'dist/native'), { recursive: true })
  for (const target of targets) if (isStale(target)) compile(target)
}

function isStale({ out, from, also = [] }) {
  const built = modified(join(root, 'dist/native', out))
  return [from, ...also, 'scripts/build-native.mjs'].some((file) => modified(join(root, file)) > built)
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function compile({ out, from, flags: own, headers }) {
  const compiler = process.env.CC || 'cc'
  const built = join(root, 'dist/native', out)
  const args = [...flags, '-o', `${built}.new`, join(root, from), ...own]
  if (headers) args.push('-I', createRequire(import.meta.url)('node-api-headers').include_dir)
  const { error, status, stderr } = spawnSync(compiler, args, { encoding: 'utf8' })
  if (error?.code === 'ENOENT')
    throw new Error(
      `No C compiler found ("${compiler}"): install one, for example with "apt-get install gcc libc6-dev", or name yours in CC.`,
    )
  if (error) throw error
  if (status !== 0) throw new Error(`${compiler} could not build ${from}:\n${stderr}`)
  // Renamed into place, so that a running server keeps the file that it has loaded.
  renameSync(`${built}.new`, built)
}
