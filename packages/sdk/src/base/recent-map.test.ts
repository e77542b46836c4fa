import { expect, test } from 'vitest'
import { RecentMap } from './recent-map.ts'

test('keeps what was used last, and no more than twice as much', () => {
  const map = new RecentMap<number>(10)
  for (let i = 0; i < 1_000; i++) {
    map.set(`${i}`, i)
    expect(map.get('0')).toBe(0)
  }
  const kept = Array.from({ length: 1_000 }, (_, i) => map.get(`${i}`)).filter(
    (value) => value !== undefined,
  )
  expect(kept.length).toBeLessThanOrEqual(20)
  expect(kept.slice(-9)).toEqual([991, 992, 993, 994, 995, 996, 997, 998, 999])
})

test('forgets what is deleted, however long ago it was used', () => {
  const map = new RecentMap<number>(2)
  for (const key of ['a', 'b', 'c']) map.set(key, 1)
  for (const key of ['a', 'b', 'c']) map.delete(key)
  for (const key of ['a', 'b', 'c']) expect(map.get(key)).toBeUndefined()
})
