import { defineConfig } from 'vitest/config'

// Tests start real servers and read exact counts, so files run one after the other: two cores are all there is.
export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A machine of CI may be busy with others; here a test that fails once has failed.
    retry: process.env.CI ? 1 : 0,
  },
})
