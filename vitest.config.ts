import { defineConfig } from 'vitest/config'

/** The folders whose tests start no process, open no socket and look at no clock: and every folder called pure. */
const pure = ['test/{state,select,ui,report,options}/**/*.test.{ts,tsx}', 'test/**/pure/**/*.test.{ts,tsx}']

/** Far beyond what any test takes: what it waits for has a limit of its own, by the speed of the machine. */
const TEN_MINUTES = 600_000

/** Servers of other people's, which Debian's packages have: `npm run test:servers`. */
const realServers = 'test/real-servers/**'

export default defineConfig({
  test: {
    testTimeout: TEN_MINUTES,
    hookTimeout: TEN_MINUTES,
    projects: [
      {
        extends: true,
        test: { name: 'fast', include: pure, pool: 'threads', sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        // They start real servers and read exact counts, so files run one after the other.
        test: {
          name: 'system',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...pure, realServers],
          pool: 'forks',
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
