// Keys and values of trees to test with.

import { constantFrom, integer, tuple } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { cidForCbor } from '../../src/data/index.ts'
import { mstKeyHeight } from '../../src/repo/index.ts'

/** A CID for each number. */
export function cidOf(number: number): string {
  return cidForCbor({ number })
}

/** A key of a post for each number, in the same order for numbers of nine digits. */
export function postKey(number: number): string {
  return `app.bsky.feed.post/${String(number).padStart(9, '0')}`
}

/** So many entries with keys of posts, in order. */
export function posts(count: number): [key: string, cid: string][] {
  return Array.from({ length: count }, (_, i) => [postKey(i), cidOf(i % 100)])
}

/** The first key of a post from a number on that stands at a height. */
export function keyAtHeight(height: number, from = 0): string {
  for (let number = from; ; number++) {
    const key = postKey(number)
    if (mstKeyHeight(key) === height) return key
  }
}

/** Few enough keys that a sequence of changes often meets the same one. */
export const keys: Arbitrary<string> = tuple(
  constantFrom('app.bsky.feed.post', 'app.bsky.feed.like', 'com.example.x'),
  integer({ min: 0, max: 200 }),
).map(([collection, number]) => `${collection}/${number.toString(36)}`)
