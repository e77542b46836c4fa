import { assert, bigInt, property } from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase58, encodeBase58 } from './base58.ts'

// Of the draft on base58 (draft-msporny-base58-03, section 5) and of Bitcoin's own tests.
const EXAMPLES: [number: bigint, text: string][] = [
  [0n, ''],
  [0x61n, '2g'],
  [0x48656c6c6f20576f726c6421n, '2NEpo7TZRRrLZSi2U'],
  [0x516b6fcd0fn, 'ABnLTmg'],
  [0xeb15231dfceb60925886b67d065299925915aeb172c06647n, 'NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L'],
]

test.each(EXAMPLES)('writes and reads %s', (number, text) => {
  expect(encodeBase58(number)).toBe(text)
  expect(decodeBase58(text)).toBe(number)
})

test('reads what it wrote', () => {
  assert(
    property(bigInt({ min: 0n, max: 2n ** 640n }), (number) => {
      expect(decodeBase58(encodeBase58(number))).toBe(number)
    }),
  )
})

test('a 1 at the start adds nothing', () => {
  expect(decodeBase58('11233QC4')).toBe(decodeBase58('233QC4'))
})

test.each(['0', 'O', 'I', 'l', ' ', '-', 'é', '😀', '2g\n'])('refuses the letter in %j', (text) => {
  expect(decodeBase58(text)).toBeUndefined()
  expect(decodeBase58(`2${text}2`)).toBeUndefined()
})
