import { getpid, sleep } from '../posix/index.ts'
import { say } from './say.ts'

/** Lets so many seconds pass, tells each, and looks at no signal. */
export function countDown(seconds: number): void {
  say(`The window is open for ${seconds} s. Send SIGUSR1 now: kill -USR1 ${getpid()}`)
  for (let left = seconds; left > 0; left--) {
    say(`  ${left} s`)
    sleep(1000)
  }
  say('The window is closed.')
}
