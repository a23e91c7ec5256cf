// Looks at the C code as the build does, and with the compiler's own analyzer, which would be too slow for every build.
import { spawnSync } from 'node:child_process'
import { compiler, sourcesOf, targets } from './build-native.mjs'

function run(args, input) {
  const { error, status, stderr } = spawnSync(compiler, args, { encoding: 'utf8', input })
  return { missing: error !== undefined, failed: status !== 0, said: stderr ?? '' }
}

const knows = run(['-fanalyzer', '-fsyntax-only', '-x', 'c', '-'], 'int main(void) { return 0; }\n')
if (knows.missing || knows.failed) {
  console.log(
    `The C code is not analyzed: ${compiler} ${knows.missing ? 'is not installed' : 'has no -fanalyzer'}.`,
  )
  process.exit(0)
}

let failed = false
for (const target of targets)
  for (const source of sourcesOf(target)) {
    // The analyzer follows what the optimizer has left, so that it needs -O2 and a real compilation.
    const result = run([...target.compile, '-Werror', '-fanalyzer', '-c', '-o', '/dev/null', source])
    if (result.failed) failed = true
    process.stderr.write(result.said)
  }
process.exit(failed ? 1 : 0)
