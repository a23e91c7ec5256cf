import type { Launch } from '../../src/supervise/launch-server.ts'

/** What a server is started with where a test does not ask for something else. */
export const harmless = {
  env: {},
  name: 'test',
  host: '127.0.0.1',
  port: null,
  stopSignal: 'SIGTERM',
  graceMs: 1000,
  contain: false,
} satisfies Partial<Launch>
