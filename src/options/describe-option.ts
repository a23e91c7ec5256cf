import { grouped } from '../report/format.ts'
import { durationText } from './parse-duration.ts'
import { namedServices } from './services.ts'
import { flagOf, type OptionName, option } from './table.ts'

/** `-n, --children N`: how an option is given. */
export function optionUsage(name: OptionName): string {
  const { short } = option(name)
  const value = valueText(name)
  return `${short ? `-${short}, ` : ''}--${flagOf(name)}${value ? ` ${value}` : ''}`
}

/** What may stand for its value: `N`, `none|flock|mutex`; empty for a flag. */
export function valueText(name: OptionName): string {
  const it = option(name)
  if (it.value !== undefined) return it.value
  switch (it.kind) {
    case 'number':
      return it.unit === 'ms' ? 'MS' : it.unit === 's' ? 'SECONDS' : 'N'
    case 'duration':
      return 'TIME'
    case 'choice':
      return it.choices.join('|')
    case 'host':
      return 'ADDRESS'
    case 'service':
      return [...namedServices(), 'FILE'].join('|')
    case 'signal':
      return 'NAME'
    case 'timed-signal':
      return 'NAME@TIME[:workers]'
    case 'text':
      return 'TEXT'
    case 'path':
      return 'PATH'
    case 'flag':
      return ''
    default:
      return it satisfies never
  }
}

/** The values that are allowed, where the name of its value does not say it: `1 to 2,000`, `1s to 1h`. */
export function rangeOf(name: OptionName): string {
  const it = option(name)
  if (it.kind === 'number') return `${grouped(it.from)} to ${grouped(it.to)}${it.unit ? ` ${it.unit}` : ''}`
  return it.kind === 'duration' ? `${durationText(it.from)} to ${durationText(it.to)}` : ''
}

/** Its default as it would be given; empty where there is none, and for flags, which are off. */
export function defaultOf(name: OptionName): string {
  const { default: value } = option(name)
  if (value === null || typeof value === 'boolean' || typeof value === 'object') return ''
  return String(value)
}
