import { labs, type Model, models } from '../../servers/catalog.ts'
import { commands, commandsTaking, screen } from '../../src/commands/table.ts'
import { defaultOf, optionUsage, rangeOf, valueText } from '../../src/options/describe-option.ts'
import { labsTaking, optionsOfLab } from '../../src/options/lab-options.ts'
import { modelsTaking } from '../../src/options/model-options.ts'
import {
  flagOf,
  type OptionGroup,
  type OptionName,
  option,
  optionGroups,
  optionNames,
} from '../../src/options/table.ts'
import { code, markdownTable } from './markdown.ts'
import { reportTable } from './report.ts'

/** What stands between the marks of that name in the documents. */
export const sections: Record<string, () => string> = {
  commands: commandTable,
  models: modelTable,
  labs: labTable,
  options: optionTables,
  report: reportTable,
}

function commandTable(): string {
  const rows = [screen, ...commands].map(({ usage, summary }) => [
    usage.map((line) => code(`csdesign-tui ${line}`)).join('<br>'),
    summary,
  ])
  return markdownTable(['command', 'what it does'], rows)
}

function modelTable(): string {
  const rows = models.map((model) => [
    code(model.name),
    model.options.map((name) => code(usageFor(model, name))).join(', '),
    model.summary,
    model.source,
  ])
  return markdownTable(['model', 'options', 'design', 'source'], rows)
}

/** An option with the values that this model takes. */
function usageFor({ choices = {} }: Model, name: OptionName): string {
  if (option(name).kind !== 'choice') return `--${flagOf(name)}`
  const values = choices[name as keyof typeof choices]?.values.join('|') ?? valueText(name)
  return `--${flagOf(name)} ${values}`
}

function labTable(): string {
  const rows = labs.map((lab) => [
    code(lab.name),
    optionsOfLab(lab)
      .map((name) => code(`--${flagOf(name)}`))
      .join(', '),
    lab.summary,
    lab.source,
  ])
  return markdownTable(['lab', 'options', 'what is seen', 'source'], rows)
}

function optionTables(): string {
  const groups = Object.keys(optionGroups) as OptionGroup[]
  return groups
    .map((group) => {
      const rows = optionNames()
        .filter((name) => option(name).group === group)
        .map((name) => [
          code(optionUsage(name)),
          defaultOf(name) && code(defaultOf(name)),
          rangeOf(name),
          takersOf(name),
          option(name).help,
        ])
      const head = ['option', 'default', 'values', 'of', 'what it is']
      return `## ${optionGroups[group].title}\n\n${markdownTable(head, rows)}`
    })
    .join('\n\n')
}

/** The models and labs that take it, where not all do; else the commands. */
function takersOf(name: OptionName): string {
  const { group } = option(name)
  if (group === 'model') return modelsTaking(name).join(', ')
  if (group === 'lab') return labsTaking(name).join(', ')
  return commandsTaking(name)
    .map((command) => command.name)
    .join(', ')
}
