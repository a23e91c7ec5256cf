#!/usr/bin/env node
/**
 * The command `csdesign-tui`. A Node that is too old cannot even load the rest, so it is loaded only when this has
 * found that it can run.
 */
import { whyUnsupported } from './supported.ts'

const why = whyUnsupported(process.platform, process.version)
if (why === null) {
  void import('./main.ts').then(({ start }) => start(process.argv.slice(2)))
} else {
  console.error(why)
  process.exitCode = 1
}
