import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { isTopLevelDomain, TOP_LEVEL_DOMAINS } from './top-level-domain.ts'

/** IANA's list, as the reference has it. */
const official = createRequire(createRequire(import.meta.url).resolve('@atproto/api'))(
  'tlds',
) as string[]
const latin = official.filter((domain) => /^[a-z]+$/.test(domain)).toSorted()

/** The list in the form that this package holds. */
function pack(words: readonly string[]): string {
  let last = ''
  return words
    .map((word) => {
      let shared = 0
      while (shared < Math.min(9, word.length) && word[shared] === last[shared]) shared++
      last = word
      return shared + word.slice(shared)
    })
    .join('')
}

test('the list is that of the reference', () => {
  expect(latin.length).toBeGreaterThan(1_200)
  expect(TOP_LEVEL_DOMAINS).toBe(pack(latin))
})

test('each of them is known, and nothing else', () => {
  expect(latin.every(isTopLevelDomain)).toBe(true)
  expect(['', 'co', 'comm', 'COM', 'jpg', 'test', '0aaa'].map(isTopLevelDomain)).toEqual([
    false,
    true,
    false,
    false,
    false,
    false,
    false,
  ])
})
