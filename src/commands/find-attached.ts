import { createInterface } from 'node:readline/promises'
import { type FoundServer, findServers, parseServerName } from '../observe/find-server.ts'
import { commOf } from '../observe/process-facts.ts'
import { UsageError } from '../options/usage-error.ts'
import { Refusal } from '../refusal.ts'
import { addressText } from '../report/address.ts'
import { checkSystem } from '../session/check-start.ts'
import { attachTarget, type Target } from '../session/target.ts'
import { stripControl } from '../state/strip-control.ts'

/**
 * The server that runs already and goes by that name: a pid, `:PORT`, `ADDRESS:PORT`, a Unix socket's path, or a
 * name. Where there are several the user is asked, if there is somebody to ask. Throws a Refusal when there is none.
 */
export async function findAttached(name: string, { mayAsk }: { mayAsk: boolean }): Promise<Target> {
  checkSystem()
  if (name === '') throw new UsageError('Which server? Give a pid, :PORT, a socket or a name.')
  const found = findServers(parseServerName(name))
  if (found.length === 0) throw new Refusal(whyNone(name))
  if (found.length === 1) return attachTarget(found[0]!)
  if (!mayAsk)
    throw new Refusal(
      `Several servers are called ${name}: ${found.map(describe).join('; ')}. Give the pid.`,
      2,
    )
  return attachTarget(await choose(name, found))
}

async function choose(name: string, found: readonly FoundServer[]): Promise<FoundServer> {
  console.log(`Several servers are called ${name}:`)
  for (const [i, each] of found.entries()) console.log(`  ${i + 1}  ${describe(each)}`)
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const answer = Number(await lines.question('Which one? '))
    const chosen = found[answer - 1]
    if (!chosen) throw new Refusal(`There is no ${answer || 'such number'} in the list.`, 2)
    return chosen
  } finally {
    lines.close()
  }
}

function describe({ root, command, listeners }: FoundServer): string {
  const words = stripControl(command.join(' ') || commOf(root)).slice(0, 60)
  const where = listeners.map(addressText).join(', ')
  return `${root} ${words}${where && ` on ${where}`}`
}

/** Of other users' processes only root sees which sockets they hold. */
function whyNone(name: string): string {
  const { kind } = parseServerName(name)
  const hint = process.getuid?.() === 0 ? '' : ", unless it is another user's: then root sees it"
  return kind === 'pid' ? `There is no process ${name}.` : `No server is found as ${name}${hint}.`
}
