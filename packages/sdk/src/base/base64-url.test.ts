import { expect, test } from 'vitest'

import { decodeBase64Url, encodeBase64Url } from './index.ts'

test('bytes are written in the URL-safe alphabet, without padding, and read again', () => {
  for (const length of [0, 1, 2, 3, 64]) {
    const bytes = Uint8Array.from({ length }, (_, i) => 255 - i)
    const text = encodeBase64Url(bytes)
    expect(text).toBe(Buffer.from(bytes).toString('base64url'))
    expect(decodeBase64Url(text)).toEqual(bytes)
  }
})

test.each(['+A', '/A', 'AA==', 'AA\n', ' AA', 'A', 'AB', 'ä'])('%j is refused', (text) => {
  expect(decodeBase64Url(text)).toBeUndefined()
})
