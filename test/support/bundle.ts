import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { temporaryFolder } from './compile.ts'
import { root } from './root.ts'

/** Bundles a module of test/, so that it starts as fast as the program itself. Returns the path of the result. */
export async function bundle(path: string): Promise<string> {
  const outfile = join(temporaryFolder(), `${basename(path, '.ts')}.mjs`)
  await build({
    absWorkingDir: root,
    entryPoints: [path],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['esbuild'],
    // What is native is looked for from the module that loads it.
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(root, path)).href) },
    banner: {
      js: `import { createRequire as __createRequire } from 'node:module'\nconst require = __createRequire(${JSON.stringify(import.meta.url)})`,
    },
    logLevel: 'warning',
  })
  return outfile
}
