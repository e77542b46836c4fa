// The size of an image, read from its header; no pixel is decoded.
import type { AspectRatio } from '../../lexicons/app.bsky.embed.defs.ts'
import { sniffFileType } from './file-type.ts'

type Size = Pick<AspectRatio, 'width' | 'height'>

/**
 * The size of a PNG, JPEG, GIF or WebP image in pixels, as it is to be shown: a photo that its EXIF
 * data turns by a quarter has its sides changed. Undefined where the image is of another kind, or cut.
 */
export function imageSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const size = SIZES[sniffFileType(bytes) ?? '']?.(view)
    return size && size.width > 0 && size.height > 0 ? size : undefined
  } catch (error) {
    // What is to be read lies behind the end.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const SIZES: Readonly<Record<string, (view: DataView) => Size | undefined>> = {
  'image/png': (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  'image/gif': (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  'image/webp': webpSize,
  'image/jpeg': jpegSize,
}

/** WebP has a header of its own for each of its three encodings. */
function webpSize(view: DataView): Size | undefined {
  switch (view.getUint32(12)) {
    // "VP8 ": 14 bits each, behind the start code of the frame.
    case 0x56503820:
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    // "VP8L": 14 bits each, minus one, without a gap.
    case 0x5650384c: {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    // "VP8X": 24 bits each, minus one.
    case 0x56503858:
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 }
    default:
      return undefined
  }
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16)
}

const EXIF_SEGMENT = 0xe1
const START_OF_SCAN = 0xda

/** JPEG is a list of segments, one of which begins the frame and says its size. */
function jpegSize(view: DataView): Size | undefined {
  let isTurned = false
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    // Any number of these may stand before a marker.
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === EXIF_SEGMENT) isTurned ||= isQuarterTurn(view, at + 4)
    if (isFrame(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
      return isTurned ? { width: height, height: width } : { width, height }
    }
    if (marker === START_OF_SCAN) return undefined
    at += 2 + view.getUint16(at + 2)
  }
}

/** SOF0 to SOF15, but for three markers between them that begin tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

const EXIF = 0x45786966
const LITTLE_ENDIAN = 0x4949
const ORIENTATION = 0x0112

/** Whether EXIF data, which is a TIFF file, has an orientation that swaps width and height: 5 to 8. */
function isQuarterTurn(view: DataView, exif: number): boolean {
  if (view.getUint32(exif) !== EXIF) return false
  const tiff = exif + 6
  const little = view.getUint16(tiff) === LITTLE_ENDIAN
  const directory = tiff + view.getUint32(tiff + 4, little)
  const count = view.getUint16(directory, little)
  for (let entry = directory + 2; entry < directory + 2 + count * 12; entry += 12) {
    if (view.getUint16(entry, little) === ORIENTATION) return view.getUint16(entry + 8, little) >= 5
  }
  return false
}
