import { expect, test } from 'vitest'
import { runJson } from '../support/run-json.ts'
import { expectProcesses } from './expect-processes.ts'
import { needsServer } from './installed.ts'
import { newPlace } from './place.ts'
import { rows } from './rows/index.ts'

test.for(rows)('$name: every connection is accepted once, by whom it should', async (row, { skip }) => {
  needsServer(row, skip)
  const place = await newPlace()
  const { clients = 10, connections = 30, service } = row
  const load = ['--service', service, '-c', `${clients}`, '-t', `${connections}`]
  const report = await runJson(...load, '-p', `${place.port}`, '--', ...row.command(place))
  const all = clients * connections
  const { processes, departed, balance } = report

  expect(report.load).toMatchObject(row.isSilent ? { succeeded: 0 } : { succeeded: all, failed: {} })
  expect(balance).toMatchObject({ connects: all, accepts: all, queued: 0, refused: 0 })
  expect(processes.reduce((sum, { accepts }) => sum + accepts!, departed.accepts)).toBe(all)
  expectProcesses(row, processes)
  expect(report.code).toBe(row.isSilent || row.whyNotWell ? 1 : 0)
})
