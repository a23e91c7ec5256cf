import type { ModelOptions, ServerOptions } from './options.ts'

/** One way of serving many clients. `run` returns only when the server is over. */
export type Model = {
  name: string
  group: string
  /** The design in a few words, for the header of the screen. */
  summary: string
  /** Where it is from. */
  source: string
  /** Options that it takes beside host, port, backlog, service and delay. */
  options: (keyof ServerOptions)[]
  run: (options: ModelOptions) => Promise<void>
}

/** Every model, in the order of the screen: the only list of them. */
export const models: Model[] = [
  {
    name: 'iterative',
    group: 'one at a time',
    summary: 'one client after the other',
    source: 'UNP 30 row 0',
    options: [],
    run: async (options) => (await import('./models/iterative.ts')).iterative(options),
  },
  {
    name: 'fork',
    group: 'one per client',
    summary: 'a child for each client',
    source: 'UNP 30.5',
    options: ['reap'],
    run: async (options) => (await import('./models/fork.ts')).forkPerClient(options),
  },
  {
    name: 'prefork',
    group: 'a pool',
    summary: 'children call accept',
    source: 'UNP 30.6, 30.7',
    options: ['children', 'lock'],
    run: async (options) => (await import('./models/prefork.ts')).prefork(options),
  },
  {
    name: 'prefork-fd',
    group: 'a pool',
    summary: 'the parent accepts and passes descriptors',
    source: 'UNP 30.9',
    options: ['children'],
    run: async (options) => (await import('./models/prefork-fd.ts')).preforkDescriptorPassing(options),
  },
  {
    name: 'select',
    group: 'event loop',
    summary: 'one process waits for all in select',
    source: 'UNP 6.8',
    options: [],
    run: async (options) => (await import('./models/select.ts')).selectLoop(options),
  },
]

/** The model of that name, or undefined. */
export function findModel(name: string): Model | undefined {
  return models.find((model) => model.name === name)
}
