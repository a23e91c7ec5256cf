import { closeSync, writeSync } from 'node:fs'
import { Refusal } from '../refusal.ts'
import { openSharedFile } from '../shared-file.ts'

/**
 * Makes one JavaScript module of a user's service, TypeScript or JavaScript, with all that it imports. Returns the
 * path of a nameless file that holds it until this process ends. Throws a Refusal that says what is wrong with it.
 */
export async function bundleService(file: string): Promise<string> {
  const code = await bundle(file)
  const fd = openSharedFile(0)
  writeSync(fd, code)
  process.once('exit', () => closeSync(fd))
  return `/proc/${process.pid}/fd/${fd}`
}

async function bundle(file: string): Promise<Uint8Array> {
  try {
    // Loaded when there is something to bundle: it takes longer than all else that the first frame waits for.
    const { build } = await import('esbuild')
    const { outputFiles } = await build({
      entryPoints: [file],
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      write: false,
      logLevel: 'silent',
    })
    return outputFiles[0]!.contents
  } catch (error) {
    throw new Refusal(`The service ${file} cannot be used: ${firstError(error)}`, 2)
  }
}

function firstError(error: unknown): string {
  const [first] = (error as { errors?: { text: string; location?: { line: number } }[] }).errors ?? []
  if (!first) return (error as Error).message.split('\n')[0]!
  return first.location ? `line ${first.location.line}: ${first.text}` : first.text
}
