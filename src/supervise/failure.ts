import { type Stats, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { getSystemErrorMap } from 'node:util'
import { commOf } from '../observe/process-facts.ts'

const MOST_NAMED = 3

/** The sentence for a command that exec(2) refused, and what to do about it. */
export function startFailure(command: string, errno: number, cwd: string): string {
  const [name = `errno ${errno}`, meaning = 'unknown error'] = getSystemErrorMap().get(-errno) ?? []
  const found = command.includes('/') ? statFile(resolve(cwd, command)) : null
  if (name === 'ENOENT' && found)
    return `${command}: its interpreter was not found: correct the first line of the file, or install what it names.`
  if (name === 'ENOENT' && command.includes('/')) return `${command}: no such file: check the path.`
  if (name === 'ENOENT') return `${command}: command not found: check the spelling, or give its whole path.`
  if (name === 'EACCES' && found?.isDirectory()) return `${command}: is a folder: name the program in it.`
  if (name === 'EACCES')
    return `${command}: permission denied: make it executable with "chmod +x", or name the program that runs it.`
  return `${command}: could not be started: ${meaning} (${name}).`
}

function statFile(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

/** What a launcher may start, as the sentences call it. */
export type Launched = 'server' | 'load generator'

/** The sentence for a launcher that could not be started, `errno`, or ended before what it starts ran, null. */
export function launcherFailure(errno: string | null, cwd: string, what: Launched = 'server'): string {
  if (errno === 'ENOENT' || errno === 'ENOTDIR')
    return `${cwd}: no such folder to start the ${what} in: check the path.`
  if (errno) return `The launcher could not be started (${errno}): build it again with "npm run build".`
  return `The launcher ended before the ${what} ran: start it again.`
}

/** The sentence for a kernel that does not let us give the server a pid namespace. */
export function containFailure(errno: number): string {
  const [name = `errno ${errno}`] = getSystemErrorMap().get(-errno) ?? []
  return `--contain needs a pid namespace, which this system does not allow (${name}): be root, allow user namespaces (sysctl user.max_user_namespaces), or leave it out.`
}

/** The sentence for processes that outlive SIGKILL, some of them by their pids. */
export function survivors(count: number, some: readonly number[], what: Launched = 'server'): string {
  const names = some.slice(0, MOST_NAMED).map((pid) => `${commOf(pid) || 'process'} ${pid}`)
  const named = names.length > 0 ? ` (${names.join(', ')}${count > names.length ? ', …' : ''})` : ''
  return `${count} of the ${what}'s processes could not be ended${named}: look for them with "ps -eo pid,user,stat,wchan,args".`
}
