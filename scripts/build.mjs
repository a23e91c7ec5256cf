// Builds dist/: the three native files with plain cc, the TypeScript with esbuild. What is up to date is left alone.
import { buildNative } from './build-native.mjs'
import { buildTypeScript, buildTypes } from './build-typescript.mjs'

try {
  await buildNative()
  await buildTypeScript()
  buildTypes()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
