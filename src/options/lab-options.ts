import { type Lab, labs } from '../../servers/catalog.ts'
import type { OptionName } from './table.ts'

/** What the lab takes that looks at models from outside: it has no program of its own. */
export const herdOptions = ['host', 'port', 'backlog', 'children', 'bytes'] as const satisfies OptionName[]

/** The options that a lab takes. */
export function optionsOfLab({ options, isComparison }: Lab): readonly OptionName[] {
  return isComparison ? herdOptions : options
}

/** The names of the labs that take the option. */
export function labsTaking(name: OptionName): string[] {
  return labs.filter((lab) => optionsOfLab(lab).includes(name)).map((lab) => lab.name)
}
