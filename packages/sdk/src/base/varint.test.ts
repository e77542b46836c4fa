import { assert, maxSafeNat, property } from 'fast-check'
import { expect, test } from 'vitest'
import { readVarint, VARINT_INVALID, VARINT_TRUNCATED, varintSize, writeVarint } from './varint.ts'

test('reads what it wrote, and knows its size', () => {
  const check = (value: number): void => {
    const bytes = new Uint8Array(12)
    const end = writeVarint(value, bytes, 1)
    expect(end - 1).toBe(varintSize(value))
    expect(readVarint(bytes, 1)).toBe(value)
    expect(readVarint(bytes.subarray(0, end - 1), 1)).toBe(VARINT_TRUNCATED)
  }
  for (const value of [0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32, 2 ** 53 - 1]) check(value)
  assert(property(maxSafeNat(), check))
})

test('writes the vectors of the specification', () => {
  const bytes = new Uint8Array(2)
  expect(writeVarint(300, bytes, 0)).toBe(2)
  expect([...bytes]).toEqual([0xac, 0x02])
})

test('refuses longer forms, more than nine bytes, and integers beyond 2^53−1', () => {
  expect(readVarint(Uint8Array.of(0x81, 0x00), 0)).toBe(VARINT_INVALID)
  expect(readVarint(new Uint8Array(20).fill(0xff), 0)).toBe(VARINT_INVALID)
  const beyond = Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10)
  expect(readVarint(beyond, 0)).toBe(VARINT_INVALID)
})
