/** The signals that can be sent, in the order of the menu, each with its default action. Source: signal(7). */
const defaults = {
  SIGTERM: 'ends it',
  SIGINT: 'ends it',
  SIGHUP: 'ends it',
  SIGUSR1: 'ends it',
  SIGUSR2: 'ends it',
  SIGSTOP: 'stops it, always',
  SIGCONT: 'continues it if stopped',
  SIGKILL: 'ends it, always',
  SIGCHLD: 'nothing',
  SIGPIPE: 'ends it',
} satisfies Partial<Record<NodeJS.Signals, string>>

export type MenuSignal = keyof typeof defaults

export const menuSignals = Object.keys(defaults) as readonly MenuSignal[]

export function defaultAction(signal: MenuSignal): string {
  return defaults[signal]
}
