import { type Model, models } from '../../servers/catalog.ts'
import type { ServerOptions } from '../../servers/options.ts'
import { type OptionName, option, optionNames } from './table.ts'

/** Options that only some models take. */
export function modelOptions(): OptionName[] {
  return optionNames().filter((name) => option(name).group === 'model')
}

/** Whether the model takes the option, one of those that only some take. */
export function takesOption(model: Model, name: OptionName): boolean {
  return model.options.includes(name as keyof ServerOptions)
}

/** The names of the models that take the option. */
export function modelsTaking(name: OptionName): string[] {
  return models.filter((model) => takesOption(model, name)).map((model) => model.name)
}
