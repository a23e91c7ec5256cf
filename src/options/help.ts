import { models } from '../../servers/catalog.ts'
import { type OptionName, option, optionNames } from './table.ts'

/** What --help prints below the program's name, made from the tables that the program goes by. */
export function helpText(): string {
  return `
See how servers handle many clients at once.

Usage
  $ csdesign-tui [model] [options]             the terminal UI
  $ csdesign-tui [options] -- COMMAND ARG…     the terminal UI over a server of your own
  $ csdesign-tui run MODEL [options] [--json]  start, load, stop, report; also: run [options] -- COMMAND…
  $ csdesign-tui serve MODEL [options]         the server alone; Ctrl-C ends it
  $ csdesign-tui client [options]              the load alone
  $ csdesign-tui echo [-i HOST] [-p PORT] [--parallel N] [MESSAGE…]
  $ csdesign-tui lab NAME [options]            a small demonstration, such as signal-race; list names them
  $ csdesign-tui list [--json]                 every model and lab
  $ csdesign-tui guide NAME                    the explanation of one model

Models
  ${models.map(({ name, summary }) => `${name.padEnd(18)} ${summary}`).join('\n  ')}

Options
  ${optionNames().map(describeOption).join('\n  ')}
`
}

function describeOption(name: OptionName): string {
  const it = option(name)
  const short = it.short ? `-${it.short}, ` : '    '
  const flag = `${short}--${name}`.padEnd(19)
  if (it.kind === 'flag') return `${flag}${it.help}`
  const values = it.kind === 'choice' ? `: ${it.choices.join('|')}` : ''
  const isUnset =
    it.default === null || (Array.isArray(it.default) && it.default.length === 0) || it.default === ''
  return `${flag}${it.help}${values}${isUnset ? '' : ` (${it.default})`}`
}
