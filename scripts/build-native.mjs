import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = dirname(import.meta.dirname)
const flags = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror']
const shared = ['-shared', '-fPIC', '-fvisibility=hidden']

/** What is built from what. Headers are named only so that a change of one is noticed. */
const targets = [
  {
    out: 'posix.node',
    sources: ['servers/posix/posix.c', 'servers/posix/thread.c'],
    headers: ['servers/posix/thread.h'],
    // Bound when loaded: otherwise every forked child looks its symbols up anew.
    flags: [...shared, '-pthread', '-Wl,-z,now'],
    usesNodeApi: true,
  },
  {
    out: 'probe.so',
    sources: ['src/observe/probe.c'],
    headers: ['src/observe/probe.h'],
    flags: [...shared, '-ldl', '-pthread', '-Wl,-z,initfirst', '-Wl,-z,now'],
  },
  {
    out: 'launcher',
    sources: ['src/supervise/launcher.c'],
    headers: ['descendants.h', 'guard.h', 'report.h'].map((header) => `src/supervise/${header}`),
    flags: [],
  },
]

/** Compiles what is older than its source into dist/native. Throws a sentence when there is no compiler or it fails. */
export async function buildNative() {
  mkdirSync(join(root, 'dist/native'), { recursive: true })
  for (const target of targets) if (isStale(target)) compile(target)
}

function isStale({ out, sources, headers }) {
  const built = modified(join(root, 'dist/native', out))
  return [...sources, ...headers, 'scripts/build-native.mjs'].some(
    (file) => modified(join(root, file)) > built,
  )
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function compile({ out, sources, flags: own, usesNodeApi }) {
  const compiler = process.env.CC || 'cc'
  const built = join(root, 'dist/native', out)
  const args = [...flags, '-o', `${built}.new`, ...sources.map((source) => join(root, source)), ...own]
  if (usesNodeApi) args.push('-I', createRequire(import.meta.url)('node-api-headers').include_dir)
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
