import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  byteLength,
  facetIssues,
  graphemeLength,
  joinRichText,
  link,
  MAX_POST_BYTES,
  MAX_POST_GRAPHEMES,
  segments,
  splitRichText,
} from './index.ts'

const texts = (text: string, maxGraphemes: number) =>
  splitRichText({ text }, { maxGraphemes }).map((part) => part.text)

test('a text that fits stays whole, without a number', () => {
  const text = 'a'.repeat(300)
  const numbering = () => ' 1'
  expect(splitRichText({ text }, { numbering })).toEqual([{ text, facets: [] }])
  expect(splitRichText({ text: '' }, { numbering })).toEqual([{ text: '', facets: [] }])
})

test('a text is cut between paragraphs, before sentences, before words', () => {
  expect(texts('One two. Three.\n\nFour five six', 20)).toEqual([
    'One two. Three.',
    'Four five six',
  ])
  expect(texts('One two. Three four five', 14)).toEqual(['One two.', 'Three four', 'five'])
  expect(texts('One two three four', 10)).toEqual(['One two', 'three four'])
  expect(texts('「はい。」そうです。とても', 8)).toEqual(['「はい。」', 'そうです。とても'])
})

test('an early end of a paragraph leaves no part nearly empty', () => {
  expect(texts('No.\n\none two three four', 15)).toEqual(['No.\n\none two', 'three four'])
})

test('a word longer than a part is cut between graphemes', () => {
  expect(texts('👨‍👩‍👧‍👧'.repeat(3), 2)).toEqual(['👨‍👩‍👧‍👧👨‍👩‍👧‍👧', '👨‍👩‍👧‍👧'])
})

test('a grapheme longer than a part is cut between code points', () => {
  const parts = splitRichText({ text: `a${'\u0301'.repeat(3_000)}` })
  expect(parts.map(({ text }) => byteLength(text))).toEqual([2_999, 3_000, 2])
})

test('a limit in bytes counts as well', () => {
  const parts = splitRichText({ text: 'é '.repeat(10) }, { maxBytes: 5 })
  expect(parts.map(({ text }) => text)).toEqual(['é é', 'é é', 'é é', 'é é', 'é é '.trim()])
})

test('a facet is not cut where it fits into one part', () => {
  const text = joinRichText(['one two ', link('three four', 'https://a.com'), ' five'])
  const parts = splitRichText(text, { maxGraphemes: 15 })
  expect(parts.map(segments)).toMatchObject([
    [{ text: 'one two' }],
    [{ text: 'three four', link: 'https://a.com' }, { text: ' five' }],
  ])
  const long = joinRichText(['ab', link('cdefgh', 'https://a.com')])
  expect(splitRichText(long, { maxGraphemes: 6 }).map(segments)).toMatchObject([
    [{ text: 'ab' }],
    [{ text: 'cdefgh', link: 'https://a.com' }],
  ])
})

test('white space that a text begins with makes no part of its own', () => {
  expect(texts(' abcdef', 4)).toEqual([' abc', 'def'])
})

test('a text is cut where a facet begins, also within white space', () => {
  const text = joinRichText(['one', link(' two', 'https://a.com')])
  expect(splitRichText(text, { maxGraphemes: 5 }).map(segments)).toMatchObject([
    [{ text: 'one' }],
    [{ text: 'two', link: 'https://a.com' }],
  ])
})

test('a facet longer than a part is continued in the next', () => {
  const parts = splitRichText(link('one two three', 'https://a.com'), { maxGraphemes: 5 })
  expect(parts.flatMap(segments)).toMatchObject([
    { text: 'one t', link: 'https://a.com' },
    { text: 'wo th', link: 'https://a.com' },
    { text: 'ree', link: 'https://a.com' },
  ])
})

test('parts are numbered, with room for numbers that grow', () => {
  const numbering = (part: number, total: number) => ` ${part}/${total}`
  const parts = splitRichText({ text: 'abcde '.repeat(10) }, { maxGraphemes: 9, numbering })
  expect(parts).toHaveLength(20)
  expect(parts[0]?.text).toBe('abcd 1/20')
  expect(parts[19]?.text).toBe('de 20/20')
})

test('limits that leave no room are refused', () => {
  expect(() => splitRichText({ text: 'a b' }, { maxGraphemes: 0 })).toThrow(RangeError)
  expect(() => splitRichText({ text: 'a b' }, { maxBytes: 3 })).toThrow(RangeError)
  expect(() =>
    splitRichText({ text: 'abcdefgh' }, { maxGraphemes: 4, numbering: () => ' 1/2' }),
  ).toThrow(RangeError)
})

test('every part is within the limits, nothing but white space is lost, and facets hold', () => {
  const word = fc.constantFrom(
    'a',
    'word',
    'Ende.',
    '日本。',
    '👨‍👩‍👧‍👧',
    'e\u0301',
    ' ',
    ' ',
    '\n',
    '\n\n',
  )
  const run = fc.array(word, { maxLength: 12 }).map((words) => words.join(''))
  const piece = fc.oneof(
    run,
    run.filter((text) => text !== '').map((text) => link(text, 'https://a.com')),
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.integer({ min: 8, max: 40 }),
      fc.integer({ min: 30, max: 80 }),
      (pieces, maxGraphemes, maxBytes) => {
        const whole = joinRichText(pieces)
        const numbering = (part: number) => `/${part}`
        const parts = splitRichText(whole, { maxGraphemes, maxBytes, numbering })
        for (const part of parts) {
          expect(graphemeLength(part.text)).toBeLessThanOrEqual(maxGraphemes)
          expect(byteLength(part.text)).toBeLessThanOrEqual(maxBytes)
          expect(facetIssues(part)).toEqual([])
        }
        const bare = parts.length === 1 ? parts : splitRichText(whole, { maxGraphemes, maxBytes })
        const joined = bare.map(({ text }) => text).join('')
        expect(joined.replaceAll(/\s/g, '')).toBe(whole.text.replaceAll(/\s/g, ''))
        const linked = (list: typeof parts) =>
          list.flatMap(segments).flatMap(({ link, text }) => (link ? text : []))
        expect(linked(bare).join('').replaceAll(/\s/g, '')).toBe(
          linked([whole]).join('').replaceAll(/\s/g, ''),
        )
      },
    ),
    { numRuns: 200 },
  )
})

test('a long text is split in one pass', () => {
  const parts = splitRichText({ text: 'Some words of a long text. '.repeat(8_000) })
  expect(parts.length).toBeGreaterThan(700)
  expect(parts.every(({ text }) => text.length <= MAX_POST_GRAPHEMES)).toBe(true)
  expect(MAX_POST_BYTES).toBe(3_000)
})
