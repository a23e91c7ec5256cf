// Fails when what the screen is drawn from needs anything but JavaScript: the reducer, every selector and frame() are
// bundled for a browser, where an import of Node's is an error, and draw a frame where nothing of Node's is there.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')

const selectors = readdirSync(join(root, 'src/select')).map((file) => `./src/select/${file}`)
const contents = [
  ...['./src/state/reduce.ts', ...selectors].map((file) => `import '${file}'`),
  "export { initialState } from './src/state/state.ts'",
  "export { reduce } from './src/state/reduce.ts'",
  "export { frame } from './src/ui/frame.ts'",
  "export { initialView } from './src/ui/view.ts'",
].join('\n')

const load = { clients: 1, connections: 1, bytes: 1, rate: 0, think: 0 }
const target = { name: '', summary: '', kind: 'model', showsThreads: false, awaits: null, isAttached: false }

try {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'bundle',
    target: 'es2023',
    treeShaking: false,
    logLevel: 'error',
  })
  const { initialState, reduce, initialView, frame } = runInNewContext(`${outputFiles[0].text}; bundle`)
  const state = reduce(initialState, [{ type: 'tick', at: 1 }])
  const view = initialView({ target, model: 0, load })
  frame(state, view, { width: 120, height: 40 })
} catch (error) {
  console.error(`The screen cannot be drawn in a browser: ${error.errors ? 'see above.' : error.stack}`)
  process.exit(1)
}
