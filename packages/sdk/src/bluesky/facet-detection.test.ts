import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RichText } from '../../test/reference-api.ts'
import type { ReferenceFacet } from '../../test/reference-api.ts'
import { isHandle } from '../syntax/index.ts'
import {
  detectCashtags,
  detectFacets,
  detectHashtags,
  detectLinks,
  detectMentions,
} from './index.ts'
import { fitsTag } from './tag-detection.ts'

/** What the reference finds, in the form of ours. */
function referenceFacets(text: string): object[] {
  const richText = new RichText({ text })
  richText.detectFacetsWithoutResolution()
  return (richText.facets ?? []).filter(isRecordable).map(({ index, features }) => ({
    index,
    features: features.map(({ did, ...feature }) =>
      did === undefined ? feature : { ...feature, handle: did },
    ),
  }))
}

/**
 * The reference also finds what no record may hold, so that the post is refused or the mention goes
 * nowhere: handles, URIs and tags that are none by their lexicons.
 */
function isRecordable({ features: [feature] }: ReferenceFacet): boolean {
  if (feature?.did !== undefined) return isHandle(feature.did)
  if (feature?.uri !== undefined) return /^\w+:(?:\/\/)?[^\s/]\S*$/.test(feature.uri)
  return fitsTag(feature?.tag ?? '')
}

/** What is linked, mentioned or tagged, as text. */
function found(text: string): string[] {
  const bytes = new TextEncoder().encode(text)
  const decoder = new TextDecoder()
  return detectFacets(text).map(({ index }) =>
    decoder.decode(bytes.slice(index.byteStart, index.byteEnd)),
  )
}

const examples = [
  'no mention',
  '@handle.com middle end',
  'start @handle.com end',
  '@handle.com @handle.com @handle.com',
  '@full123-chars.test',
  'not@right',
  '@handle.com!@#$chars',
  '@handle.com\n@handle.com',
  'parenthetical (@handle.com)',
  '👨‍👩‍👧‍👧 @handle.com 👨‍👩‍👧‍👧',
  '@handle.com_ @handle.com. @handle.com- @handle..com @.com @com @-a.com',
  '@handle.COM @Handle.com @handle.notadomain',
  'start https://middle.com/foo/bar?baz=bux#hash end',
  'https://newline1.com\nhttps://newline2.com',
  '👨‍👩‍👧‍👧 https://middle.com 👨‍👩‍👧‍👧',
  'start middle.com/foo/bar?baz=bux#hash end',
  'newline1.com\nnewline2.com\u2028newline3.com',
  'a example.com/index.php php link',
  'a trailing bsky.app: colon',
  'not.. a..url ..here',
  'e.g.',
  'something-cool.jpg',
  'website.com.jpg',
  'e.g./foo',
  'website.com.jpg/foo',
  'https://foo.com https://bar.com/whatever https://baz.com',
  'punctuation https://foo.com, https://bar.com/whatever; https://baz.com.',
  'parenthentical (https://foo.com)',
  'except for https://foo.com/thing_(cool)',
  'https://foo.com). https://foo.com.) (foo.com) (foo.com).',
  'HTTPS://foo.com Https://foo.com http://a https://日本.jp/道',
  'https://foo.com/(@handle.com)',
  '#a #😅 #1a #1 #! #_ ##a #a# #a#b #a,b,c #a. #a😅. ＃full a#b',
  '# #tag',
  '#\n#tag',
  '#\uFE0F #️⃣ #a\u200Bb #\u200Ba #a\u20E2b',
  "#that's #tag! #tag?! #c++ #ünïcode #日本語。 #a-",
  `#${'a'.repeat(64)} #${'a'.repeat(65)} #${'👨‍👩‍👧‍👧'.repeat(20)}`,
  `#${'😀'.repeat(64)} #${'😀'.repeat(65)}`,
  '$ABC $abc ($a) $ABCDEF $1A $A1 $A, $A’s $$A a$A $A$B',
  '$BTC\n$eth. "$LTC" ($xrp)',
]

// What matters to detection, and what looks like it.
const marks = ['@', '#', '＃', '$', '.', ',', ')', '(', '-', '_', '/', ':', '!', '?', '’', '"']
const blanks = [' ', '\n', '\t', '\u00A0', '\u200B', '\uFE0F', '\u0301', '\u20E2', '\uD800']
const words = [
  'a',
  'B',
  '1',
  'é',
  '日本',
  '😀',
  '👨‍👩‍👧',
  'com',
  'test',
  'io',
  'COM',
  'alice',
  'https://',
]
const finds = ['http:', 'x.com', ' @alice.test', ' #tag', ' $ABC', ' example.com']
const pieces = [...marks, ...blanks, ...words, ...finds]

describe('detection finds what the reference finds', () => {
  test.each(examples)('%j', (text) => {
    expect(detectFacets(text)).toEqual(referenceFacets(text))
  })

  test('in texts made of the pieces that matter to it', () => {
    const piece = fc.constantFrom(...pieces)
    const text = fc.array(piece, { maxLength: 24 }).map((list) => list.join(''))
    fc.assert(
      fc.property(text, (text) => {
        fc.pre(!LOOKS_LIKE_A_SCHEME.test(text))
        expect(detectFacets(text)).toEqual(referenceFacets(text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(detectFacets(text)).toEqual(referenceFacets(text))
      }),
      { numRuns: 300 },
    )
  })
})

// A host name that begins with these letters: the reference takes it for a whole URI.
const LOOKS_LIKE_A_SCHEME = /(?:^|[\s(])http[a-z\d]*\./i

test('a host name that begins with "http" is treated like any other', () => {
  expect(detectLinks('httpbin.org/get')).toEqual([
    {
      index: { byteStart: 0, byteEnd: 15 },
      features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://httpbin.org/get' }],
    },
  ])
  expect(detectLinks('https.not-a-domain http.invalid')).toEqual([])
})

test('what no record may hold is not found', () => {
  expect(found('https://. http:///a @a..com @-a.com')).toEqual([])
  // 64 letters at most, and bytes as well.
  expect(found(`#a${'\u0301'.repeat(400)}`)).toEqual([])
})

test('ranges count bytes', () => {
  expect(detectFacets('😀 é @alice.test')[0]?.index).toEqual({ byteStart: 8, byteEnd: 19 })
})

test('each kind is found alone as well', () => {
  const text = '#one @two.test three.com $FOUR'
  const kinds = [detectHashtags, detectMentions, detectLinks, detectCashtags]
  expect(kinds.flatMap((detect) => detect(text))).toEqual(detectFacets(text))
})

test('a long text takes no more than its length', () => {
  const hostile = ['@-', '#.', '(', 'a.', '$A', 'https://)', '#!a!', ' @a', '\u200B#']
  for (const piece of hostile) {
    const text = piece.repeat(200_000 / piece.length)
    expect(Array.isArray(detectFacets(text))).toBe(true)
  }
})
