// Code that takes a native path where the platform has one, loaded twice: as this platform has it,
// and as one without Buffer and node:crypto would.

import { afterAll, beforeAll, describe, expect, vi } from 'vitest'

/** Where a module is loaded as if. */
export type Platform = 'native' | 'portable'

/**
 * Describes the same tests for both paths. The module is loaded before the tests of a path run; the
 * error classes of both are the same to `instanceof`.
 */
export function describePlatforms<Module>(
  load: () => Promise<Module>,
  define: (module: () => Module, platform: Platform) => void,
): void {
  describe.each<Platform>(['native', 'portable'])('on the %s path', (platform) => {
    let module: Module
    beforeAll(async () => {
      vi.resetModules()
      if (platform === 'portable') {
        vi.doMock('#text', () => import('../src/base/text.web.ts'))
        vi.doMock('#sha256', () => import('../src/base/sha256.portable.ts'))
        vi.doMock('#ecdsa', () => import('../src/crypto/ecdsa.web.ts'))
      }
      const { LONG_TEXT } = await import('../src/base/text.ts')
      expect(LONG_TEXT).toBe(platform === 'native' ? 40 : 200)
      module = await load()
    })
    afterAll(() => {
      vi.doUnmock('#text')
      vi.doUnmock('#sha256')
      vi.doUnmock('#ecdsa')
      vi.resetModules()
    })
    define(() => module, platform)
  })
}
