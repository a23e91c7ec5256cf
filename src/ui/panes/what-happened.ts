import { endedByItself } from '../../select/over.ts'
import { describeEnding } from '../../state/ending.ts'
import type { State } from '../../state/state.ts'
import { cut } from '../text.ts'
import { theme } from '../theme.ts'

/** What stands in the process pane when there is no server to show, or it ended: why, and which key helps. */
export function whatHappened(state: State, width: number): string[] {
  const { server } = state
  const say = (text: string) => cut(text, width)
  if (server.failure) return ['', theme.bad(say(server.failure)), say('⏎ tries again.')]
  if (server.phase === 'none')
    return ['', say('No server runs. Choose a model with ↑ ↓ in the models pane; ⏎ starts it.')]
  if (server.phase === 'starting') return ['', say(`${server.name} is starting…`)]
  if (!server.ending) return []
  if (!endedByItself(state))
    return server.phase === 'gone' ? ['', say(`${server.name} is stopped. ⏎ starts it again.`)] : []
  const last = server.output.slice(-3).map(({ line }) => say(`  ${line}`))
  return [
    '',
    theme.bad(
      say(
        `The server ended by itself: ${describeEnding(server.ending)}.${last.length > 0 ? ' It said:' : ''}`,
      ),
    ),
    ...last,
    say(server.phase === 'gone' ? '⏎ starts it again.' : 'x ends the processes that it left.'),
  ]
}
