import { describe, expect, test } from 'vitest'
import { json, Loopback } from '../../test/loopback.ts'
import { officialDefinition } from '../../test/reference-api.ts'
import { rejectedBy } from '../../test/thrown.ts'
import { cidForRaw } from '../data/index.ts'
import { ATProto } from '../index.ts'
import {
  BlueskyError,
  MAX_IMAGE_BYTES,
  MAX_THUMB_BYTES,
  MAX_VIDEO_BYTES,
  uploadBlob,
  uploadImage,
} from './index.ts'

const session = {
  did: 'did:plc:ewvi7nxzyoun6zhxrhs64oiz',
  handle: 'alice.example.com',
  accessJwt: 'access',
  refreshJwt: 'refresh',
} as const

/** A GIF by its first bytes, of 3 × 2 pixels. */
function gif(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  bytes.set([...new TextEncoder().encode('GIF89a'), 3, 0, 2, 0])
  return bytes
}

/** A PDS that stores what it is sent. */
async function startPds(): Promise<Loopback> {
  return Loopback.start(({ body, headers }, response) => {
    const ref = { $link: cidForRaw(body) }
    const mimeType = headers['content-type']
    json(response, 200, { blob: { $type: 'blob', ref, mimeType, size: body.length } })
  })
}

const loggedIn = ({ url }: Loopback) => ATProto.fromSession(session, { service: url })
const uploads = ({ requests }: Loopback) =>
  requests.filter(({ path }) => path === '/xrpc/com.atproto.repo.uploadBlob')

test('a file is sent as what it is', async () => {
  await using pds = await startPds()
  const blob = await uploadBlob(loggedIn(pds), gif(1_000))
  expect(blob).toMatchObject({ mimeType: 'image/gif', size: 1_000 })
  expect(uploads(pds)).toHaveLength(1)
  expect(uploads(pds)[0]?.headers).toMatchObject({
    authorization: 'Bearer access',
    'content-type': 'image/gif',
    'content-length': '1000',
  })
  expect(uploads(pds)[0]?.body).toEqual(Buffer.from(gif(1_000)))
})

test('progress is told as the file is read, and the length is sent all the same', async () => {
  await using pds = await startPds()
  const size = 300_000
  const loaded: number[] = []
  await uploadBlob(loggedIn(pds), new Blob([gif(size)]), {
    headers: { 'x-test': 'kept' },
    onProgress: (progress) => {
      expect(progress.total).toBe(size)
      loaded.push(progress.loaded)
    },
  })
  expect(loaded[0]).toBe(0)
  expect(loaded.at(-1)).toBe(size)
  expect(loaded.length).toBeGreaterThan(4)
  expect(loaded).toEqual(loaded.toSorted((a, b) => a - b))
  const [{ headers, body } = { headers: {}, body: undefined }] = uploads(pds)
  expect(headers).toMatchObject({ 'content-length': String(size), 'x-test': 'kept' })
  expect(body).toHaveLength(size)
})

test('a file of a kind that is not known is what it is declared to be, or bytes', async () => {
  await using pds = await startPds()
  const text = new TextEncoder().encode('WEBVTT')
  const types = [
    await uploadBlob(loggedIn(pds), text),
    await uploadBlob(loggedIn(pds), text, { type: 'text/vtt; charset=utf-8' }),
    await uploadBlob(loggedIn(pds), new Blob([text], { type: 'text/vtt' })),
  ].map(({ mimeType }) => mimeType)
  expect(types).toEqual(['application/octet-stream', 'text/vtt', 'text/vtt'])
})

describe('before a byte is sent', () => {
  test.each([
    ['empty-file', new Uint8Array(), {}],
    ['file-too-large', gif(101), { maxBytes: 100 }],
    ['wrong-file-type', gif(100), { accept: ['image/png', 'video/*'] }],
    ['wrong-file-type', gif(100), { type: 'image/png' }],
    ['wrong-file-type', new Uint8Array(100), { type: 'image/png' }],
    ['wrong-file-type', gif(100), { type: 'text/plain' }],
  ])('%s is refused', async (code, file, options) => {
    await using pds = await startPds()
    const error = await rejectedBy(BlueskyError, async () =>
      uploadBlob(loggedIn(pds), file, options),
    )
    expect(error.code).toBe(code)
    expect(pds.requests).toEqual([])
  })

  test('what fits passes', async () => {
    await using pds = await startPds()
    const options = { maxBytes: 100, accept: ['image/*'], type: 'image/gif' }
    await expect(uploadBlob(loggedIn(pds), gif(100), options)).resolves.toMatchObject({ size: 100 })
    const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)
    await expect(uploadBlob(loggedIn(pds), jpeg, { type: 'image/jpg' })).resolves.toMatchObject({
      mimeType: 'image/jpeg',
    })
  })
})

describe('an image', () => {
  test('becomes an item of a post, with its aspect ratio', async () => {
    await using pds = await startPds()
    const image = await uploadImage(loggedIn(pds), gif(100), { alt: 'A dot' })
    expect(image).toMatchObject({
      alt: 'A dot',
      aspectRatio: { width: 3, height: 2 },
      image: { mimeType: 'image/gif' },
    })
  })

  test('is no other file, and no larger than a post may have', async () => {
    await using pds = await startPds()
    const codeOf = async (file: Uint8Array) =>
      (await rejectedBy(BlueskyError, async () => uploadImage(loggedIn(pds), file, { alt: '' })))
        .code
    expect(await codeOf(gif(MAX_IMAGE_BYTES + 1))).toBe('file-too-large')
    expect(await codeOf(new TextEncoder().encode('<svg/>'))).toBe('wrong-file-type')
  })
})

test('the limits are those of the lexicons', () => {
  expect(officialDefinition('app.bsky.embed.images', 'image')).toMatchObject({
    properties: { image: { accept: ['image/*'], maxSize: MAX_IMAGE_BYTES } },
  })
  expect(officialDefinition('app.bsky.embed.external', 'external')).toMatchObject({
    properties: { thumb: { maxSize: MAX_THUMB_BYTES } },
  })
  expect(officialDefinition('app.bsky.actor.profile', 'main')).toMatchObject({
    record: {
      properties: { avatar: { maxSize: MAX_THUMB_BYTES }, banner: { maxSize: MAX_THUMB_BYTES } },
    },
  })
  expect(officialDefinition('app.bsky.embed.video', 'main')).toMatchObject({
    properties: { video: { maxSize: MAX_VIDEO_BYTES } },
  })
})
