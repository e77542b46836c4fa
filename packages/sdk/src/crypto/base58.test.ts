import { assert, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { fromHex } from '../../test/data/hex.ts'
import { decodeBase58, encodeBase58 } from './base58.ts'

// Of the draft on base58 (draft-msporny-base58-03, section 5) and of Bitcoin's own tests.
const EXAMPLES: [hex: string, text: string][] = [
  ['', ''],
  ['00', '1'],
  ['61', '2g'],
  ['00000000000000000000', '1111111111'],
  ['0000287fb4cd', '11233QC4'],
  ['48656c6c6f20576f726c6421', '2NEpo7TZRRrLZSi2U'],
  ['516b6fcd0f', 'ABnLTmg'],
  ['00eb15231dfceb60925886b67d065299925915aeb172c06647', '1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L'],
]

test.each(EXAMPLES)('writes and reads %s', (hex, text) => {
  expect(encodeBase58(fromHex(hex))).toBe(text)
  expect(decodeBase58(text)).toEqual(fromHex(hex))
})

test('reads what it wrote', () => {
  assert(
    property(uint8Array({ maxLength: 80 }), (bytes) => {
      expect(decodeBase58(encodeBase58(bytes))).toEqual(new Uint8Array(bytes))
    }),
  )
})

test.each(['0', 'O', 'I', 'l', ' ', '-', 'é', '😀', '2g\n'])('refuses the letter in %j', (text) => {
  expect(decodeBase58(text)).toBeUndefined()
  expect(decodeBase58(`2${text}2`)).toBeUndefined()
})
