import type { LabOptions } from './labs/options.ts'
import type { ModelOptions } from './options.ts'

/** Serves, and returns only when the server is over. */
export type RunModel = (options: ModelOptions) => Promise<void> | never
/** Returns whether the outcome was as the theory says. */
export type RunLab = (options: LabOptions) => boolean

/** The function of the model of that name. Rejects when it has no file, or one with more than one function. */
export async function loadModel(name: string): Promise<RunModel> {
  return onlyFunction<RunModel>(name, await import(`./models/${name}.ts`))
}

/** The function of the lab of that name. Rejects as loadModel does. */
export async function loadLab(name: string): Promise<RunLab> {
  return onlyFunction<RunLab>(name, await import(`./labs/${name}.ts`))
}

function onlyFunction<Run>(name: string, module: Record<string, unknown>): Run {
  const [found, ...more] = Object.values(module).filter((value) => typeof value === 'function')
  if (!found || more.length > 0)
    throw new Error(`The file of ${name} must export one function: what it runs.`)
  return found as Run
}
