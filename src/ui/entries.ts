import { type Lab, labs, type Model, models } from '../../servers/catalog.ts'

/** What can be chosen in the models pane: every model, then every lab. */
export type Entry = { name: string; group: string; summary: string } & (
  | { model: Model; lab: null }
  | { model: null; lab: Lab }
)

export const entries: readonly Entry[] = [
  ...models.map((model) => ({
    name: model.name,
    group: model.group,
    summary: model.summary,
    model,
    lab: null,
  })),
  ...labs.map((lab) => ({ name: lab.name, group: 'labs', summary: lab.summary, model: null, lab })),
]

/** The index of the entry of that name; the first one when there is none. */
export function entryOf(wanted: string): number {
  return Math.max(
    0,
    entries.findIndex(({ name }) => name === wanted),
  )
}
