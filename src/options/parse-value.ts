import { statSync } from 'node:fs'
import { isIP } from 'node:net'
import { constants } from 'node:os'
import type { TimedSignal } from './kinds.ts'
import { durationText, parseDuration } from './parse-duration.ts'
import { parseNumber } from './parse-number.ts'
import { isNamed, namedServices } from './services.ts'
import { flagOf, type OptionName, option } from './table.ts'
import { UsageError } from './usage-error.ts'

type Value = string | number | boolean | TimedSignal

/**
 * The value that was given for an option, checked; of a repeatable one, one of its values. Throws UsageError with
 * what is allowed.
 */
export function parseValue(name: OptionName, given: unknown): Value {
  const it = option(name)
  const label = `--${flagOf(name)}`
  const text = String(given)
  const wrong = (allowed: string) => new UsageError(`${label} takes ${allowed}, not "${text}".`)
  switch (it.kind) {
    case 'flag':
      return given === true
    case 'number': {
      const value = parseNumber(text, it)
      if (value === null) throw wrong(`a whole number from ${it.from} to ${it.to}`)
      return value
    }
    case 'duration': {
      const value = parseDuration(text)
      if (value === null || value < it.from || value > it.to)
        throw wrong(`a time from ${durationText(it.from)} to ${durationText(it.to)}, such as 10s`)
      return value
    }
    case 'choice':
      if (!it.choices.includes(text)) throw wrong(`one of ${it.choices.join(', ')}`)
      return text
    case 'service': {
      if (!isNamed(text) && !statSync(text, { throwIfNoEntry: false })?.isFile())
        throw wrong(`${namedServices().join(', ')} or a file that is there`)
      return text
    }
    case 'signal': {
      const signal = findSignal(text)
      if (!signal) throw wrong('the name or number of a signal, such as USR1 or 10')
      return signal
    }
    case 'timed-signal': {
      const timed = parseTimedSignal(text)
      if (!timed) throw wrong('a signal and a time, such as HUP@5s or TERM@500ms:workers')
      return timed
    }
    case 'host':
      if (text === 'localhost') return '127.0.0.1'
      if (isIP(text) === 0) throw wrong('a numeric address such as 127.0.0.1')
      return text
    case 'text':
      if (it.check) checkText(label, text, it.check)
      return text
    case 'path':
      if (text === '') throw wrong('a path')
      return text
    default:
      return it satisfies never
  }
}

/** Throws UsageError with what the check says is allowed. */
function checkText(label: string, text: string, check: (text: string) => void): void {
  try {
    check(text)
  } catch (error) {
    throw new UsageError(`${label} takes ${(error as Error).message}, not ${JSON.stringify(text)}.`)
  }
}

/** The signal of that name, with or without SIG, or of that number; undefined when there is none. */
function findSignal(text: string): NodeJS.Signals | undefined {
  const wanted = text.toUpperCase()
  const known = Object.entries(constants.signals).find(([name, number]) =>
    [name, name.slice(3), String(number)].includes(wanted),
  )
  return known?.[0] as NodeJS.Signals | undefined
}

/** NAME@TIME or NAME@TIME:workers. */
function parseTimedSignal(text: string): TimedSignal | null {
  const [, name = '', time = '', workers] = /^([^@]+)@([^:]+)(:workers)?$/.exec(text) ?? []
  const signal = findSignal(name)
  const after = parseDuration(time)
  return signal && after !== null ? { signal, after, to: workers ? 'workers' : 'server' } : null
}
