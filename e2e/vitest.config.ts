import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'e2e',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    // One reference PDS at a time: it hashes passwords and signs commits in this very process.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A flake is a bug: no test is run a second time.
    retry: 0,
  },
})
