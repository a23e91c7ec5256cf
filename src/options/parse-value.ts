import { statSync } from 'node:fs'
import { isIP } from 'node:net'
import { constants } from 'node:os'
import { serviceNames } from '../../servers/services/find.ts'
import { parseNumber } from './parse-number.ts'
import { type OptionName, option } from './table.ts'
import { UsageError } from './usage-error.ts'

/** The value that was given for an option, checked. Throws UsageError with what is allowed. */
export function parseValue(name: OptionName, given: unknown): string | number | boolean {
  const it = option(name)
  if (it.kind === 'flag') return given === true
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
      if (!serviceNames.includes(text) && !statSync(text, { throwIfNoEntry: false })?.isFile())
        throw wrong(`${serviceNames.join(', ')} or a file that is there`)
      return text
    case 'signal': {
      const wanted = text.toUpperCase()
      const known = Object.entries(constants.signals).find(([name, number]) =>
        [name, name.slice(3), String(number)].includes(wanted),
      )
      if (!known) throw wrong('the name or number of a signal, such as USR1 or 10')
      return known[0]
    }
    case 'host':
      if (text === 'localhost') return '127.0.0.1'
      if (isIP(text) === 0) throw wrong('a numeric address such as 127.0.0.1')
      return text
  }
}
