import { readFileSync } from 'node:fs'

type Stat = { parent: number; group: number; session: number }

/**
 * Whether a shell with job control is there, who would continue us: the parent of our process group is then in the
 * same session, but in another group. The kernel stops no other group from the terminal. Source: credentials(7).
 */
export function hasJobControl(): boolean {
  let member = statOf('self')
  while (member) {
    const parent = statOf(member.parent)
    if (!parent || parent.session !== member.session) return false
    if (parent.group !== member.group) return true
    member = parent
  }
  return false
}

/** Null when there is no such process, or it is not ours to see. Source: proc_pid_stat(5). */
function statOf(pid: number | 'self'): Stat | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [, parent, group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(parent), group: Number(group), session: Number(session) }
  } catch {
    return null
  }
}
