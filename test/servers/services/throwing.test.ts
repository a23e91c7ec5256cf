import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { models } from '../../../servers/catalog.ts'
import { bundleService } from '../../../src/session/service-file.ts'
import { ask } from '../../support/ask.ts'
import { temporaryFolder } from '../../support/compile.ts'
import { findRun } from '../../support/find-run.ts'
import { root } from '../../support/root.ts'
import { type Server, startServer } from '../../support/start-server.ts'
import { until } from '../../support/until.ts'

const service = join(root, 'test/fixtures/throwing-service.ts')
const flags = join(temporaryFolder(), 'flag')
const serviceCode = await bundleService(service)

const takers = models.filter(({ choices }) => !choices?.service)

describe.each(takers.map(({ name }) => name))('%s', (model) => {
  let server: Server
  let processes: number[]
  beforeAll(async () => {
    vi.stubEnv('FLAG', flags)
    server = await startServer(model, { service, serviceCode })
    vi.unstubAllEnvs()
    processes = findRun(server.run)
    await expectService()
  })
  afterAll(() => server.end())

  const expectService = async () =>
    expect((await ask(server.port, 'hello', { halfClose: true })).bytes.toString()).toBe('hello')

  test.each([
    ['before its answer', 'fail', '', 'failed before its answer'],
    ['after its answer', 'fail later', 'fail later', 'failed after its answer'],
    ['with what is no error', 'fail oddly', 'fail oddly', 'no error at all'],
    ['in a sleep that has no end', 'sleep', 'sleep', 'a service cannot sleep Infinity milliseconds'],
    ['when it is called', '.call', '', 'failed when it was called'],
    ['when it begins', '.begin', '', 'failed when it began'],
  ])(
    'a service that throws %s ends its connection, and says why; the server goes on',
    async (_, request, answer, reason) => {
      for (let i = 0; i < 5; i++) {
        const before = server.errors().length
        const flag = `${flags}${request}`
        if (request.startsWith('.')) writeFileSync(flag, '')
        expect((await ask(server.port, request)).bytes.toString()).toBe(answer)
        rmSync(flag, { force: true })
        const logged = await until(() => server.errors().slice(before) || null, 'a reason')
        expect(logged).toMatch(/^\[\d+\] connection closed: .*\n$/)
        expect(logged).toContain(`: ${reason}\n`)
        await expectService()
      }
      expect(findRun(server.run)).toEqual(expect.arrayContaining(processes))
    },
  )
})
