import type { ProbeFile } from '../../../src/observe/probe-file.ts'
import { CounterReader } from '../../../src/observe/read-counters.ts'
import { EventReader } from '../../../src/observe/read-events.ts'

/** As often as the engine's observer does. */
const INTERVAL = 100

/** Reads the probe's events and counters at intervals, as the engine does, until stopped. */
export function readProbe({ fd }: ProbeFile): { stop(): void } {
  const events = new EventReader(fd)
  const counters = new CounterReader(fd)
  const timer = setInterval(() => {
    events.read()
    counters.read()
  }, INTERVAL)
  return { stop: () => clearInterval(timer) }
}
