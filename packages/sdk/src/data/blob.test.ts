import { expect, test } from 'vitest'
import { CBOR_CID, RAW_CID } from '../../test/data/values.ts'
import { isBlobRef } from './blob.ts'

const BLOB = { $type: 'blob', ref: { $link: RAW_CID }, mimeType: 'image/jpeg', size: 10_000 }
const LEGACY = { cid: RAW_CID, mimeType: 'image/jpeg' }

test('knows a reference to a file, also with fields of the future', () => {
  expect(isBlobRef(BLOB)).toBe(true)
  expect(isBlobRef({ ...BLOB, $new: 1 })).toBe(true)
})

test.each([
  ['null', null],
  ['a text', 'blob'],
  ['another $type', { ...BLOB, $type: 'app.bsky.embed.images' }],
  ['no $type', { ...BLOB, $type: undefined }],
  ['no ref', { ...BLOB, ref: undefined }],
  ['a ref that is a text', { ...BLOB, ref: RAW_CID }],
  ['a ref with another key', { ...BLOB, ref: { $link: RAW_CID, a: 1 } }],
  ['a link to DAG-CBOR', { ...BLOB, ref: { $link: CBOR_CID } }],
  ['an empty MIME type', { ...BLOB, mimeType: '' }],
  ['no MIME type', { ...BLOB, mimeType: undefined }],
  ['a size of zero', { ...BLOB, size: 0 }],
  ['a negative size', { ...BLOB, size: -1 }],
  ['a size that is a text', { ...BLOB, size: '10000' }],
  ['a size that is no integer', { ...BLOB, size: 1.5 }],
])('%s is none', (_title, value) => {
  expect(isBlobRef(value)).toBe(false)
  expect(isBlobRef(value, { legacy: true })).toBe(false)
})

test('the old form counts only where it is asked for', () => {
  expect(isBlobRef(LEGACY)).toBe(false)
  expect(isBlobRef(LEGACY, { legacy: true })).toBe(true)
  expect(isBlobRef(BLOB, { legacy: true })).toBe(true)
  expect(isBlobRef({ ...LEGACY, cid: 'nothing of the kind' }, { legacy: true })).toBe(false)
  expect(isBlobRef({ cid: RAW_CID }, { legacy: true })).toBe(false)
})
