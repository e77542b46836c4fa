import { expect, test } from 'vitest'
import { compareBytes, concatBytes, equalBytes } from './bytes.ts'

test('orders bytes by value, a prefix before what it begins', () => {
  const sorted = [[], [0], [0, 0], [0, 255], [1], [127], [128], [255, 0]].map((bytes) =>
    Uint8Array.from(bytes),
  )
  for (const [i, a] of sorted.entries()) {
    for (const [j, b] of sorted.entries()) {
      expect(Math.sign(compareBytes(a, b))).toBe(Math.sign(i - j))
      expect(equalBytes(a, b)).toBe(i === j)
    }
  }
})

test('joins bytes into an array of their own', () => {
  const joined = concatBytes([Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)])
  expect([...joined]).toEqual([1, 2, 3])
  expect(joined.buffer.byteLength).toBe(3)
})
