import { expect, test } from 'vitest'
import { sniffFileType } from './index.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

test.each([
  ['image/png', '\x89PNG\r\n\x1A\n\0\0\0\rIHDR'],
  ['image/jpeg', '\xFF\xD8\xFF\xE0'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
  ['image/webp', 'RIFF\x1C\0\0\0WEBPVP8L'],
  ['image/avif', '\0\0\0\x1CftypavifÿÿÿÿavifmiF1'],
  ['image/avif', '\0\0\0\x1Cftypavis'],
  ['image/heic', '\0\0\0\x18ftypheic'],
  ['image/heic', '\0\0\0\x18ftypmif1'],
  ['video/quicktime', '\0\0\0\x14ftypqt  '],
  ['video/mp4', '\0\0\0\x20ftypisom'],
  ['video/mp4', '\0\0\0\x20ftypmp42'],
  ['video/webm', '\x1A\x45\xDF\xA3\x9FB\x86\x81\x01B\x82\x84webm'],
  ['video/mpeg', '\0\0\x01\xBA'],
])('%s is known by %j', (type, text) => {
  expect(sniffFileType(latin1(text))).toBe(type)
})

test.each([
  '',
  'GIF',
  'RIFF\0\0\0\0WAVE',
  '<svg/>',
  '\x1A\x45\xDF\xA3B\x82\x88matroska',
  ' \xFF\xD8\xFF',
])('%j is nothing that is known', (text) => {
  expect(sniffFileType(latin1(text))).toBeUndefined()
})
