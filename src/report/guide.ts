import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../servers/posix/native.ts'

/** The lines of the guide to a model or lab, in Markdown; null when there is none of that name. */
export function readGuide(name: string): string[] | null {
  if (!/^[a-z-]+$/.test(name)) return null
  const path = join(packageRoot(), 'servers/guides', `${name}.md`)
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : null
}
