import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tidParts } from './tid-parts.ts'

const NOON = Date.UTC(2024, 0, 1, 12)

let nextTid: () => string

// The clock under test keeps its last TID in its module: every test gets a new one.
beforeEach(async () => {
  vi.useFakeTimers({ now: NOON })
  vi.resetModules()
  ;({ nextTid } = await import('./tid-clock.ts'))
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('a TID has the time of the clock in microseconds', () => {
  expect(tidParts(nextTid()).timestamp).toBe(NOON * 1000)
})

test('20,000 TIDs of one moment are unique and in order', () => {
  const tids = Array.from({ length: 20_000 }, () => nextTid())
  expect(new Set(tids).size).toBe(20_000)
  expect(tids.toSorted()).toEqual(tids)
})

test('TIDs stay in order when the clock goes back, and follow it when it has caught up', () => {
  const before = nextTid()
  vi.setSystemTime(NOON - 3_600_000)
  const during = [nextTid(), nextTid()]
  expect([before, ...during].map((tid) => tidParts(tid).timestamp - NOON * 1000)).toEqual([0, 1, 2])
  vi.setSystemTime(NOON + 1)
  expect(tidParts(nextTid()).timestamp).toBe((NOON + 1) * 1000)
})

test('all TIDs of a process have one clock id, drawn at the first of them', async () => {
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.9999)
  vi.resetModules()
  const clock = await import('./tid-clock.ts')
  expect(random).not.toHaveBeenCalled()
  expect(tidParts(clock.nextTid()).clockId).toBe(1023)
  random.mockReturnValue(0)
  expect(tidParts(clock.nextTid()).clockId).toBe(1023)
})
