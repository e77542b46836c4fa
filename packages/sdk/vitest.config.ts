import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url))

export default defineConfig({
  test: { name: 'sdk' },
  resolve: {
    // Tests run on the sources, where package.json's import conditions point to the build.
    alias: {
      '#sha256': source('base/sha256.node.ts'),
      '#text': source('base/text.node.ts'),
      '#ecdsa-portable': source('crypto/ecdsa.portable.ts'),
      '#ecdsa': source('crypto/ecdsa.node.ts'),
      '#network': source('identity/network.node.ts'),
      '#zstd': source('firehose/zstd.node.ts'),
      '#files': source('firehose/files.node.ts'),
    },
  },
})
