import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Returns the path of a file that was compiled into dist/native, whether this module runs from its source or bundled.
 * Throws a sentence when it was not built.
 */
export function nativePath(file: string): string {
  const path = join(packageRoot(), 'dist/native', file)
  if (!existsSync(path)) throw new Error(`${file} is not built: run "npm run build" in ${packageRoot()}.`)
  return path
}

/** Returns the folder that holds this package's package.json. Throws a sentence when there is none. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!isOurs(join(folder, 'package.json'))) {
    if (folder === dirname(folder))
      throw new Error('The package csdesign-tui is not complete: its package.json is missing.')
    folder = dirname(folder)
  }
  return folder
}

function isOurs(manifest: string): boolean {
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'csdesign-tui'
}
