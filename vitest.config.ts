import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      'packages/*',
      { test: { name: 'house', include: ['test/**/*.test.ts'], testTimeout: 60_000 } },
    ],
    // A flake is a bug: no test is run a second time.
    retry: 0,
  },
})
