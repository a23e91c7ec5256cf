import { commOf, parentOf, sessionOf } from './process-facts.ts'

/** Who starts servers and is none: a tree never begins with one of these, nor with init. */
const STARTERS = new Set([
  'sh', 'bash', 'dash', 'zsh', 'fish', 'ash', 'ksh', 'login', 'su', 'sudo', 'tmux', 'tmux: server', 'screen',
  'systemd', 'init', 'runit', 'runsv', 'runsvdir', 's6-supervise', 'supervisord', 'tini', 'docker-init', 'dumb-init',
  'containerd-shim', 'conmon', 'sshd', 'make', 'npm', 'launcher',
]) // biome-ignore format: a list of words

/**
 * The first processes of the trees to which the processes belong, each once: their nearest common ancestor, unless
 * that is init, a shell or a service manager; then what it has started. Source: the same idea as pstree -s.
 */
export function rootsOf(pids: readonly number[]): number[] {
  const lines = pids.map(ancestry).filter((line) => line.length > 0)
  const shared = lines[0]?.findLast((pid, depth) => lines.every((line) => line[depth] === pid))
  if (shared !== undefined) return [withNamesakes(shared)]
  return [...new Set(lines.map(([top]) => withNamesakes(top!)))]
}

/** The process and its ancestors below the nearest starter, the eldest first; empty when there is no such process. */
function ancestry(pid: number): number[] {
  const line: number[] = []
  for (
    let at: number | null = pid;
    at !== null && at > 1 && !(isStarter(at) && at !== pid);
    at = parentOf(at)
  )
    if (parentOf(at) !== null) line.unshift(at)
  return line
}

function isStarter(pid: number): boolean {
  return STARTERS.has(commOf(pid))
}

/**
 * The eldest of the line of parents that go by the same name, in the same session: a master that leaves the listener to
 * its workers. Never this process: it may have started the server, but is none.
 */
function withNamesakes(pid: number): number {
  const parent = parentOf(pid)
  return parent !== null && parent > 1 && parent !== process.pid && isNamesake(parent, pid)
    ? withNamesakes(parent)
    : pid
}

function isNamesake(parent: number, pid: number): boolean {
  return !isStarter(parent) && commOf(parent) === commOf(pid) && sessionOf(parent) === sessionOf(pid)
}
