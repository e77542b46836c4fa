import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imageSize } from './index.ts'

// Images of 3 × 2 pixels, made with libvips.
const images = {
  png: 'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVR4nGP4z8DQAMMMyBwAeUMI+1ncJ2gAAAAASUVORK5CYII=',
  gif: 'R0lGODlhAwACAIAAAExpcf8AACH/C05FVFNDQVBFMi4wAwEAAAAh+QQFAAAAACwAAAAAAwACAAACAoxfADs=',
  'lossy webp':
    'UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoDAAIAAUAmJaACdLoB+AADsAD+8ut//NgVzXPv9//S4P0uD9Lg/9KQAAA=',
  'lossless webp': 'UklGRhwAAABXRUJQVlA4TA8AAAAvAkAAEAcQ/Y8CBiKi/wEA',
  'webp with transparency':
    'UklGRloAAABXRUJQVlA4WAoAAAAQAAAAAgAAAQAAQUxQSAcAAAAAgICAgICAAFZQOCAsAAAAkAEAnQEqAwACAALATCWgAnS6AAOYAP7uQx/ubHOLcFf/bQ//Wh/+tD/pQAA=',
  jpeg: '/9j/2wBDAP//////////////////////////////////////////////////////////////////////////////////////2wBDAf//////////////////////////////////////////////////////////////////////////////////////wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAQL/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCAAp//2Q==',
  'progressive jpeg':
    '/9j/2wBDAP//////////////////////////////////////////////////////////////////////////////////////2wBDAf//////////////////////////////////////////////////////////////////////////////////////wgARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAUAQEAAAAAAAAAAAAAAAAAAAAB/9oADAMBAAIQAxAAAAGQP//E',
}

const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64')
const all = Object.entries(images).map(([name, base64]) => [name, bytesOf(base64)] as const)

test.each(all)('a %s says its size', (_, bytes) => {
  expect(imageSize(bytes)).toEqual({ width: 3, height: 2 })
  // Bytes within a larger buffer.
  const padded = Buffer.concat([new Uint8Array(5), bytes])
  expect(imageSize(padded.subarray(5))).toEqual({ width: 3, height: 2 })
})

describe('a photo', () => {
  /** The JPEG with EXIF data of one entry, the orientation. */
  function photo(orientation: number, little: boolean): Uint8Array {
    const tiff = Buffer.alloc(8 + 2 + 12 + 4)
    const write = (value: number, at: number, size: number) =>
      little ? tiff.writeUIntLE(value, at, size) : tiff.writeUIntBE(value, at, size)
    tiff.write(little ? 'II' : 'MM')
    write(42, 2, 2)
    write(8, 4, 4)
    write(1, 8, 2)
    write(0x0112, 10, 2)
    write(3, 12, 2)
    write(1, 14, 4)
    write(orientation, 18, 2)
    const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff])
    const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2])
    return Buffer.concat([head, exif, bytesOf(images.jpeg).subarray(2)])
  }

  test.each([true, false])('is as wide as it is shown (little-endian: %s)', (little) => {
    const sizes = [1, 2, 3, 4, 5, 6, 7, 8].map((turn) => imageSize(photo(turn, little))?.width)
    expect(sizes).toEqual([3, 3, 3, 3, 2, 2, 2, 2])
  })
})

test('an image of another kind, or of no size, has none', () => {
  const png = bytesOf(images.png)
  png.writeUInt32BE(0, 16)
  expect(imageSize(png)).toBeUndefined()
  expect(imageSize(new TextEncoder().encode('<svg/>'))).toBeUndefined()
  expect(imageSize(new Uint8Array())).toBeUndefined()
})

test.each(all)('a %s that is cut anywhere has its size or none', (_, bytes) => {
  for (let length = 0; length < bytes.length; length++) {
    expect([undefined, 3]).toContain(imageSize(bytes.subarray(0, length))?.width)
  }
})

test('hostile bytes behind a header end the search', () => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.uint8Array({ maxLength: 64 }), ([, bytes], noise) => {
      const spoiled = Buffer.concat([bytes.subarray(0, 12), noise])
      const { width = 1 } = imageSize(spoiled) ?? {}
      expect(width).toBeGreaterThan(0)
    }),
  )
})
