import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { nativePath } from '../../servers/posix/native.ts'
import { node } from './node.ts'

/** What these cost a quick machine with nothing else to do, in milliseconds. */
const QUICK = { fork: 1, start: 100 }

/** Enough that a machine of which we get only a slice now and then cannot be done within one of them. */
const CHILDREN = 30
/** The machine may be busier during what is waited for than when it was looked at. */
const MARGIN = 2
/** A smaller amount would not be what its test is about. */
const LEAST = 50

/** V8's helper threads do not survive a fork. */
const FORKABLE = ['--single-threaded', '--v8-pool-size=0']

let known: number | null = null

/**
 * How many times slower this machine is at this moment than a quick and quiet one, at what these tests are made of:
 * starting Node, and forking it. At least 1. Takes about a tenth of a second there, and stops this thread meanwhile.
 */
function measure(): number {
  const script = join(import.meta.dirname, 'fork-children.cjs')
  const from = performance.now()
  const args = [...FORKABLE, script, nativePath('posix.node'), String(CHILDREN)]
  const { stdout, stderr, status } = spawnSync(node, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`This machine's speed cannot be measured: ${stderr}`)
  const fork = Number(stdout)
  const start = performance.now() - from - CHILDREN * fork
  return Math.max(1, fork / QUICK.fork, start / QUICK.start)
}

/** How slow the machine was at its slowest of all times that this process has looked, measured once at least. */
export function slowness(): number {
  known ??= measure()
  return known
}

/** How long to wait for what takes a quick machine so many milliseconds at most. */
export function limit(milliseconds: number): number {
  return MARGIN * slowness() * milliseconds
}

/**
 * Whether more time has passed since then than what takes a quick machine so many milliseconds may take here. It is
 * only measured when it matters, and anew before anything is given up: others may have begun to work meanwhile.
 */
export function isTooLate(since: number, milliseconds: number): boolean {
  const passed = () => performance.now() - since
  if (passed() <= MARGIN * milliseconds || passed() <= limit(milliseconds)) return false
  const waited = passed()
  known = Math.max(slowness(), measure())
  return waited > limit(milliseconds)
}

/** How much of an amount to do here, so that it takes about as long as all of it on a quick machine. */
export function amount(most: number): number {
  return Math.min(most, Math.max(LEAST, Math.round(most / slowness())))
}
