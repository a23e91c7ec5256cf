import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')

/** What is bundled together shares its files. The command shares none, so that it has few to read before it is there. */
const bundles = [
  { cli: 'src/cli.ts' },
  { 'load-worker': 'src/load/worker.ts', server: 'servers/main.ts', servers: 'servers/index.ts' },
]

/** Bundles src/ and servers/ into dist/, unless dist/ is newer than every source. Throws what esbuild throws. */
export async function buildTypeScript() {
  const newest = Math.max(
    ...['src', 'servers', 'scripts/build-typescript.mjs', 'package.json'].map(lastChange),
  )
  if (newest < (statSync(join(root, 'dist/cli.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0)) return
  const results = await Promise.all(bundles.map(bundle))
  const built = new Set(results.flatMap(({ metafile }) => Object.keys(metafile.outputs)))
  // Only now, so that a program that starts meanwhile finds either the old files or the new.
  for (const file of readdirSync(join(root, 'dist')))
    if (file.endsWith('.js') && !built.has(`dist/${file}`)) rmSync(join(root, 'dist', file))
}

function bundle(entryPoints) {
  return build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    // Ink's layout engine asks for fetch and does without it; where it is there, Node loads all that belongs to it.
    define: { 'process.env.NODE_ENV': '"production"', fetch: 'undefined' },
    // Services in TypeScript load the first; Ink asks for the other only when DEV is set.
    external: ['esbuild', 'react-devtools-core'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'\nconst require = __createRequire(import.meta.url)",
    },
    logLevel: 'warning',
    metafile: true,
  })
}

/** The types of the library's public face. Throws what the compiler says. */
export function buildTypes() {
  const built = statSync(join(root, 'dist/types/servers/index.d.ts'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (Math.max(lastChange('servers'), lastChange('tsconfig.types.json')) < built) return
  const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.types.json'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stdout)
}

/** The latest modification below a file or folder, in milliseconds since 1970. */
function lastChange(path) {
  const stat = statSync(join(root, path))
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(join(root, path)).map((name) => lastChange(join(path, name))))
}
