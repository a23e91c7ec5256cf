import { readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const { dependencies } = createRequire(import.meta.url)('../package.json')

const entries = {
  cli: 'src/cli.ts',
  'load-worker': 'src/load/worker.ts',
  server: 'servers/main.ts',
}

/** Bundles src/ and servers/ into dist/, unless dist/ is newer than every source. Throws what esbuild throws. */
export async function buildTypeScript() {
  const newest = Math.max(
    ...['src', 'servers', 'scripts/build-typescript.mjs', 'package.json'].map(lastChange),
  )
  if (newest < (statSync(join(root, 'dist/cli.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0)) return
  for (const file of readdirSync(join(root, 'dist')))
    if (file.endsWith('.js')) rmSync(join(root, 'dist', file))
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Drawn charts load these on demand; Ink asks for its developer tools only when DEV is set.
    external: ['blessed', 'blessed-contrib', 'react-devtools-core'].filter(
      (name) => name in dependencies || name === 'react-devtools-core',
    ),
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'\nconst require = __createRequire(import.meta.url)",
    },
    logLevel: 'warning',
  })
}

/** The latest modification below a file or folder, in milliseconds since 1970. */
function lastChange(path) {
  const stat = statSync(join(root, path))
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(join(root, path)).map((name) => lastChange(join(path, name))))
}
