import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'codegen',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Several tests run the TypeScript compiler.
    testTimeout: 60_000,
  },
})
