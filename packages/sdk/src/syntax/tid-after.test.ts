import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTidAfter } from './tid-after.ts'
import { nextTid } from './tid-clock.ts'
import { formatTid } from './tid-format.ts'
import { tidParts } from './tid-parts.ts'

const NOON = Date.UTC(2064, 0, 1, 12)

beforeEach(() => void vi.useFakeTimers({ now: NOON }))
afterEach(() => void vi.useRealTimers())

test('a TID after an older one is that of the clock', () => {
  expect(tidParts(nextTidAfter('2222222222222')).timestamp).toBe(NOON * 1000)
})

test('a TID after one of the future follows it, and leaves the clock alone', () => {
  const future = 'azzzzzzzzzzzz'
  const tid = nextTidAfter(future)
  expect(tid > future).toBe(true)
  expect(tidParts(tid).timestamp).toBe(tidParts(future).timestamp + 1)
  expect(nextTid() < future).toBe(true)
})

test('a TID after the very one that is due is another', () => {
  const { timestamp, clockId } = tidParts(nextTid())
  const due = formatTid({ timestamp: timestamp + 1, clockId })
  expect(nextTidAfter(due) > due).toBe(true)
})

test('a TID after the last one is a RangeError', () => {
  expect(() => nextTidAfter('bzzzzzzzzzz22')).toThrow(RangeError)
  expect(() => nextTidAfter('jzzzzzzzzzzzz')).toThrow(RangeError)
})
