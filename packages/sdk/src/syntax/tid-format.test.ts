import { assert, maxSafeNat, nat, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { formatTid } from './tid-format.ts'
import { tidParts } from './tid-parts.ts'
import { isTid } from './tid.ts'

const parts = record({ timestamp: maxSafeNat(), clockId: nat(1023) })

test('is 0 in digits of 2, and at its largest the top bit stays 0', () => {
  expect(formatTid({ timestamp: 0, clockId: 0 })).toBe('2222222222222')
  expect(formatTid({ timestamp: Number.MAX_SAFE_INTEGER, clockId: 1023 })).toBe('bzzzzzzzzzzzz')
})

test('agrees with the arithmetic of 64 bits', () => {
  assert(
    property(parts, ({ timestamp, clockId }) => {
      const digits = Array.from(formatTid({ timestamp, clockId }), (digit) =>
        BigInt('234567abcdefghijklmnopqrstuvwxyz'.indexOf(digit)),
      )
      const number = digits.reduce((sum, digit) => sum * 32n + digit, 0n)
      expect(number).toBe(BigInt(timestamp) * 1024n + BigInt(clockId))
    }),
  )
})

test('any parts make a TID that has them', () => {
  assert(
    property(parts, (given) => {
      const tid = formatTid(given)
      expect(isTid(tid)).toBe(true)
      expect(tidParts(tid)).toEqual(given)
    }),
  )
})

test('TIDs sort as text by time, then by clock', () => {
  assert(
    property(parts, parts, (a, b) => {
      const isBefore =
        a.timestamp < b.timestamp || (a.timestamp === b.timestamp && a.clockId < b.clockId)
      expect(formatTid(a) < formatTid(b)).toBe(isBefore)
    }),
  )
})

test.each([-1, 0.5, 2 ** 53, Number.NaN])('a timestamp of %d is a RangeError', (timestamp) => {
  expect(() => formatTid({ timestamp, clockId: 0 })).toThrow(RangeError)
})

test.each([-1, 0.5, 1024, Number.NaN])('a clock id of %d is a RangeError', (clockId) => {
  expect(() => formatTid({ timestamp: 0, clockId })).toThrow(RangeError)
})
