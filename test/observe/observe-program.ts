import { createProbeFile } from '../../src/observe/probe-file.ts'
import { CounterReader } from '../../src/observe/read-counters.ts'
import { EventReader } from '../../src/observe/read-events.ts'
import { addCounts, noCounts } from '../../src/state/counts.ts'
import { startProgram } from '../support/start-program.ts'

/** Runs a program with the probe in it, to its end; what the probe noted and counted. */
export async function observe(command: string, ...args: string[]) {
  const probe = createProbeFile()
  try {
    const counterReader = new CounterReader(probe.fd)
    counterReader.read()
    const program = startProgram(command, args, probe.env)
    const code = await program.ended
    const reader = new EventReader(probe.fd)
    const events = reader.read()
    const counters = counterReader.read()
    const counts = counters.reduce((sum, each) => addCounts(sum, each), noCounts)
    return {
      pid: program.pid,
      code,
      output: program.output(),
      events,
      counters,
      counts,
      dropped: reader.dropped,
    }
  } finally {
    probe.close()
  }
}
