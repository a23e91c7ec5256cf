import { statOf } from '../observe/proc-stat.ts'

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
