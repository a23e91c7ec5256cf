import { statSync } from 'node:fs'
import { isIP } from 'node:net'
import { constants } from 'node:os'
import { serviceNames } from '../../servers/services/find.ts'
import { parseNumber } from './parse-number.ts'
import { type OptionName, option } from './table.ts'
import { UsageError } from './usage-error.ts'

/** What every model has, and the two ways to talk to a server of which nobody knows what it has. */
export const services = [...serviceNames, 'any', 'auto']

/** The value that was given for an option, checked. Throws UsageError with what is allowed. */
export function parseValue(name: OptionName, given: unknown): string | number | boolean | string[] {
  const it = option(name)
  if (it.kind === 'flag') return given === true
  if (it.kind === 'list') return (given as string[]).map((text) => checkedText(name, it.check, text))
  const text = String(given)
  const wrong = (allowed: string) => new UsageError(`--${name} takes ${allowed}, not "${text}".`)
  switch (it.kind) {
    case 'number': {
      const value = parseNumber(text, it)
      if (value === null) throw wrong(`a whole number from ${it.from} to ${it.to}`)
      return value
    }
    case 'choice':
      if (!it.choices.includes(text)) throw wrong(`one of ${it.choices.join(', ')}`)
      return text
    case 'service':
      if (!services.includes(text) && !statSync(text, { throwIfNoEntry: false })?.isFile())
        throw wrong(`${services.join(', ')} or a file that is there`)
      return text
    case 'signal': {
      const wanted = text.toUpperCase()
      const known = Object.entries(constants.signals).find(([name, number]) =>
        [name, name.slice(3), String(number)].includes(wanted),
      )
      if (!known) throw wrong('the name or number of a signal, such as USR1 or 10')
      return known[0]
    }
    case 'duration':
      return parseDuration(text, it, wrong)
    case 'text':
      return checkedText(name, it.check, text)
    case 'host':
      if (text === 'localhost') return '127.0.0.1'
      if (isIP(text) === 0) throw wrong('a numeric address such as 127.0.0.1')
      return text
  }
}

const UNITS = { ms: 1, s: 1000, m: 60_000 }

function parseDuration(
  text: string,
  { from, to }: { from: number; to: number },
  wrong: (allowed: string) => UsageError,
): number {
  const [, digits, unit = 's'] = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m)?$/.exec(text) ?? []
  const value = Math.round(Number(digits) * UNITS[unit as keyof typeof UNITS])
  if (!(value >= from && value <= to))
    throw wrong(`a time from ${from} ms to ${to / 60_000} m, such as 500ms, 10s or 2m`)
  return value
}

function checkedText(name: OptionName, check: (text: string) => void, text: string): string {
  try {
    check(text)
  } catch (error) {
    throw new UsageError(`--${name} takes ${(error as Error).message}, not ${JSON.stringify(text)}.`)
  }
  return text
}
