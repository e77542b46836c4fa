import { mergeConfig } from 'vitest/config'
import common from './vitest.config.ts'

// What takes too long for `npm test`.
export default mergeConfig(common, {
  test: { name: 'sdk-large', include: ['test/large/*.large.ts'], testTimeout: 600_000 },
})
