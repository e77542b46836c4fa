import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import sdk from '../sdk/vitest.config.ts'

const source = (path: string): string => fileURLToPath(new URL(`../sdk/${path}`, import.meta.url))

export default defineConfig({
  test: {
    name: 'codegen',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Several tests run the TypeScript compiler.
    testTimeout: 60_000,
  },
  resolve: {
    // Tests run on the sources of the SDK, which need not be built.
    alias: [
      { find: /^atproto\.ts\/lexicons\/(.+)$/, replacement: source('lexicons/$1.ts') },
      { find: /^atproto\.ts\/(\w+)$/, replacement: source('src/$1/index.ts') },
      ...Object.entries(sdk.resolve?.alias ?? {}).map(([find, replacement]) => ({
        find,
        replacement: String(replacement),
      })),
    ],
  },
})
