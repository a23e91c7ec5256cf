import { closeSync } from 'node:fs'
import { whatPerfNeeds } from '../observe/perf/what-perf-needs.ts'
import { readListeners } from '../observe/read-listeners.ts'
import { readProc } from '../observe/read-proc.ts'
import type { CommandLine } from '../options/parse.ts'
import { openSharedFile } from '../shared-file.ts'

/** A way of observing: what it adds, and what keeps it from being used here by this user; null when nothing does. */
type Finding = { source: string; adds: string; needs: string | null }

/** `doctor`: what can be seen on this machine with these privileges. Returns the exit code: 0, it is no test. */
export async function doctor({ options }: CommandLine): Promise<number> {
  const findings = await examine()
  if (options.json) console.log(JSON.stringify(findings))
  else for (const finding of findings) console.log(describe(finding))
  return 0
}

function describe({ source, adds, needs }: Finding): string {
  return `${needs === null ? '✓' : '✗'} ${source.padEnd(8)} ${adds}${needs === null ? '' : `\n           ${needs}`}`
}

async function examine(): Promise<Finding[]> {
  const perf = await whatPerfNeeds()
  const isWhole = perf.scope === 'system' && perf.sees.accepts
  return [
    {
      source: 'probe',
      adds: 'accepts, forks, ends, reaps and signals of programs that use the C library, exactly',
      needs: failureOf(() => closeSync(openSharedFile(0)), 'A tmpfs that may be written at /dev/shm'),
    },
    {
      source: 'perf',
      adds: 'the same of static programs, of Go, and of servers that run already; runs of any signal handler',
      needs: isWhole ? null : perf.reason,
    },
    {
      source: 'proc',
      adds: 'the tree, states, what each process waits in, CPU and memory',
      needs: readProc('/proc/self/syscall') === null ? 'A kernel that shows /proc/PID/syscall.' : null,
    },
    {
      source: 'sockets',
      adds: 'listeners, their queues, and who holds which connection',
      needs: failureOf(readListeners, 'The kernel module tcp_diag'),
    },
    {
      source: 'others',
      adds: "other users' servers: their descriptors and memory maps",
      needs: process.getuid?.() === 0 ? null : 'Run as root.',
    },
  ]
}

function failureOf(attempt: () => unknown, needs: string): string | null {
  try {
    attempt()
    return null
  } catch (error) {
    return `${needs}: ${(error as Error).message}.`
  }
}
