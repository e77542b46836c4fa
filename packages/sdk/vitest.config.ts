import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { name: 'sdk' },
  resolve: {
    // Tests run on the sources, where package.json's import conditions point to the build.
    alias: { '#sha256': fileURLToPath(new URL('src/base/sha256.node.ts', import.meta.url)) },
  },
})
