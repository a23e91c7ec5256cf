// Stands in for the screen on a real terminal: takes it over as asked, tells its pid, and waits to be killed.
import { spawnSync } from 'node:child_process'
import { guardTerminal } from '../../src/supervise/guard-terminal.ts'

const steps = process.argv.slice(2)
const guard = await guardTerminal()
if (steps.includes('raw')) process.stdin.setRawMode(true)
if (steps.includes('on')) {
  guard.screenOn()
  process.stdout.write('\x1b[?1049h\x1b[?25l')
}
if (steps.includes('off')) guard.screenOff()
if (steps.includes('shell')) spawnSync('stty', ['-icanon', '-echo', 'isig'], { stdio: 'inherit' })
if (steps.includes('release')) guard.release()
process.stdin.resume()
process.stdout.write(`pid=${process.pid};`)
