import { expect, test } from 'vitest'
import { isLanguage } from './language.ts'

// RFC 5646, appendix A.
test.each([
  'de',
  'zh-Hans',
  'zh-cmn-Hans-CN',
  'cmn-Hans-CN',
  'sr-Latn-RS',
  'sl-rozaj-biske',
  'de-CH-1901',
  'sl-Latn-IT-nedis',
  'es-419',
  'de-CH-x-phonebk',
  'az-Arab-x-AZE-derbend',
  'x-whatever',
  'qaa-Qaaa-QM-x-southern',
  'en-US-u-islamcal',
  'zh-CN-a-myext-x-private',
  'en-a-myext-b-another',
  'i-enochian',
  'sgn-BE-FR',
  'EN-GB-OED',
])('accepts %s', (tag) => {
  expect(isLanguage(tag)).toBe(true)
})

test.each([
  ['two regions', 'de-419-DE'],
  ['a first part of one letter', 'a-DE'],
  ['an extension twice', 'ar-a-aaa-b-bbb-a-ccc'],
  ['a variant twice, in other case', 'sl-rozaj-ROZAJ'],
  ['an extension of nothing', 'en-u'],
  ['a private use of nothing', 'en-x'],
  ['an empty part', 'en--US'],
  ['a part of nine letters', 'en-abcdefghi'],
  ['four extended languages', 'zh-aaa-bbb-ccc-ddd'],
  ['a reserved language of four letters', 'jaja'],
  ['a language in upper case', 'EN-us'],
  ['an unregistered name of the old kind', 'i-english'],
  ['an underscore', 'en_US'],
])('refuses %s: %s', (_, tag) => {
  expect(isLanguage(tag)).toBe(false)
})

test('a part may come back in private use and inside another extension', () => {
  expect(isLanguage('sl-rozaj-x-rozaj-rozaj')).toBe(true)
  expect(isLanguage('en-u-abcde-abcde-t-abcde')).toBe(true)
})

test('accepts 255 characters and no more', () => {
  const longest = `en-x${'-abcdefgh'.repeat(27)}-abcdefg`
  expect(longest).toHaveLength(255)
  expect(isLanguage(longest)).toBe(true)
  expect(isLanguage(`${longest}h`)).toBe(false)
})
