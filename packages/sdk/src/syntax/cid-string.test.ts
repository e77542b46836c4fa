import { expect, test } from 'vitest'
import { isCidString } from './cid-string.ts'

test('accepts any multibase encoding of version 1', () => {
  expect(isCidString('bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a')).toBe(true)
  expect(isCidString('zdj7WWeQ43G6JJvLWQWZpyHuAMq6uYWRjkBXFad11vE2LHhQ7')).toBe(true)
  expect(isCidString('uAXASIMwRtQ_-Zg')).toBe(true)
})

test('refuses version 0, which has no multibase code', () => {
  expect(isCidString('QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR')).toBe(false)
})

test('accepts 8 to 256 characters', () => {
  expect(isCidString('b'.repeat(7))).toBe(false)
  expect(isCidString('b'.repeat(8))).toBe(true)
  expect(isCidString('b'.repeat(256))).toBe(true)
  expect(isCidString('b'.repeat(257))).toBe(false)
})
