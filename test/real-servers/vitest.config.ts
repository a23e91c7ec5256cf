import { defineConfig } from 'vitest/config'

/** Far beyond what any row takes: what it waits for has a limit of its own. */
const TEN_MINUTES = 600_000

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    testTimeout: TEN_MINUTES,
    hookTimeout: TEN_MINUTES,
    pool: 'forks',
    fileParallelism: false,
  },
})
