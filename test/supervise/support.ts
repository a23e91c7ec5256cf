import { afterEach, expect } from 'vitest'
import type { Event } from '../../src/state/event.ts'
import { type Launch, launchServer, type RunningServer } from '../../src/supervise/launch-server.ts'
import { findRun } from '../support/find-run.ts'
import { python as pythonPath } from '../support/python.ts'
import { until } from '../support/until.ts'
import { harmless } from './harmless.ts'

export { until, within } from '../support/until.ts'

type Told<Type extends Event['type']> = Extract<Event, { type: Type }>

/** What was told of a server, to look back at and to wait for. */
export class Story {
  readonly events: Event[] = []
  readonly emit = (event: Event) => void this.events.push(event)

  all<Type extends Event['type']>(type: Type): Told<Type>[] {
    return this.events.filter((event): event is Told<Type> => event.type === type)
  }

  /** The first event of the type that has been told or will be. */
  async first<Type extends Event['type']>(type: Type): Promise<Told<Type>> {
    await until(() => this.all(type).length > 0, `the event ${type}`)
    return this.all(type)[0]!
  }

  /** The lines of output. */
  get lines(): string[] {
    return this.all('output').map(({ line }) => line)
  }

  /** Waits until more than so many events have been told. */
  async after(count: number): Promise<void> {
    await until(() => this.events.length > count, 'another event')
  }

  async line(text: string): Promise<void> {
    await until(() => this.lines.includes(text), `the line ${text}`)
  }
}

const servers: RunningServer[] = []

export type Started = { server: RunningServer; story: Story }

export async function start(
  [command = '', ...args]: string[],
  given: Partial<Launch> = {},
): Promise<Started> {
  const story = new Story()
  const launch = { ...harmless, command, args, cwd: import.meta.dirname, emit: story.emit, ...given }
  const server = await launchServer(launch)
  servers.push(server)
  return { server, story }
}

export const shell = (script: string, given?: Partial<Launch>) => start(['sh', '-c', script], given)
export const python = (script: string, given?: Partial<Launch>) => start([pythonPath, '-c', script], given)

afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.stop()
    expect(findRun(server.run)).toEqual([])
  }
})
