import type { Balance, ChildBalance } from '../select/balance.ts'
import { grouped } from './format.ts'

/** `connects 12 = accepted 5 + queued 4 + refused 3`, with what is not seen said so, and other clients on their side. */
export function balanceSum({ connects, others, accepts, queued, refused }: Balance): string {
  const made = others > 0 ? `${grouped(connects)} + others ${grouped(others)}` : grouped(connects)
  const accepted = accepts === null ? 'not seen' : grouped(accepts)
  return `connects ${made} = accepted ${accepted} + queued ${grouped(queued)} + refused ${grouped(refused)}`
}

/** `forked 40 = running 0 + zombies 40 + reaped 0`. */
export function childBalanceSum({ forked, running, zombies, reaped }: ChildBalance): string {
  return `forked ${grouped(forked)} = running ${grouped(running)} + zombies ${grouped(zombies)} + reaped ${grouped(reaped)}`
}
