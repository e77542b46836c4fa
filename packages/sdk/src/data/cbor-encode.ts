// Plain values to DAG-CBOR, in the one canonical encoding (https://dasl.ing/drisl.html).

import { base64Size, isWellFormed, LONG_TEXT, writeBase64, writeUtf8 } from '../base/index.ts'
import type { CborOptions } from './cbor-decode.ts'
import { headSize, MAJOR, MAX_HEAD_BYTES, writeHead } from './cbor-head.ts'
import { CID_BYTES, isCidAt, writeCidText } from './cid.ts'
import { DataError } from './data-error.ts'
import type { DataErrorCode } from './data-error.ts'
import { LINK_TAG, MAX_DEPTH } from './limits.ts'
import { planFor } from './map-plan.ts'
import { isPlainObject } from './plain-object.ts'

// Results are cut out of a slab, as Node's Buffer does it: an ArrayBuffer for each would cost more
// than the encoding itself. Large ones get their own, so that they keep nothing else alive.
const SLAB_BYTES = 16 * 1024
const MAX_CUT = 2 * 1024

let slab = new Uint8Array(SLAB_BYTES)
let slabUsed = 0

// Where the value that is being encoded goes: into the slab, or into something larger once it has
// outgrown that.
let out = slab
let start = 0
let at = 0
let raw = false
let busy = false

/**
 * Encodes a value of the data model. The order of keys in objects does not matter.
 *
 * With `raw`, `Uint8Array` is taken for bytes and `{ $link: Uint8Array }` for a link as well.
 *
 * The bytes may be a view of a larger `ArrayBuffer` that others share, like those of Node's
 * `Buffer.from`: do not transfer it.
 *
 * @throws {DataError} `undefined` (also as the value of a key), `float`, `integer-range` (beyond
 * ±(2^53−1)), `unsupported-value` (anything that is not plain JSON), `reserved-key` (a key beside
 * `$link` or `$bytes`), `invalid-cid`, `invalid-base64`, `invalid-utf8` (a lone surrogate), `too-deep`
 * (over 128, or a cycle).
 */
export function encodeCbor(value: unknown, options?: CborOptions): Uint8Array<ArrayBuffer> {
  if (busy) return encodeWithin(value, options)
  // The slab has no length where somebody transferred it all the same.
  if (slab.length - slabUsed < MAX_CUT) {
    slab = new Uint8Array(SLAB_BYTES)
    slabUsed = 0
  }
  out = slab
  start = at = slabUsed
  raw = options?.raw === true
  busy = true
  try {
    writeValue(value, 0)
    if (out !== slab || at - start > MAX_CUT) return out.slice(start, at)
    slabUsed = at
    return new Uint8Array(slab.buffer, start, at - start)
  } finally {
    out = slab
    busy = false
  }
}

/** Encodes for a getter of a value that is being encoded. */
function encodeWithin(value: unknown, options: CborOptions | undefined): Uint8Array<ArrayBuffer> {
  const outer = { slab, slabUsed, out, start, at, raw }
  slab = new Uint8Array(SLAB_BYTES)
  slabUsed = 0
  busy = false
  try {
    return encodeCbor(value, options)
  } finally {
    ;({ slab, slabUsed, out, start, at, raw } = outer)
    busy = true
  }
}

function writeValue(value: unknown, depth: number): void {
  switch (typeof value) {
    case 'string':
      return writeText(value)
    case 'number':
      return writeInteger(value)
    case 'boolean':
      return writeByte(value ? 0xf5 : 0xf4)
    case 'object':
      if (value === null) return writeByte(0xf6)
      if (depth === MAX_DEPTH) refuse('too-deep', `Values are nested over ${MAX_DEPTH} deep`)
      if (Array.isArray(value)) return writeArray(value, depth + 1)
      return writeObject(value, depth + 1)
    case 'undefined':
      return refuse('undefined', 'The data model has no undefined: leave the key out, or use null')
    default:
      return refuse('unsupported-value', `The data model has no ${typeof value}`)
  }
}

function writeArray(items: readonly unknown[], depth: number): void {
  reserve(MAX_HEAD_BYTES)
  at = writeHead(MAJOR.array, items.length, out, at)
  for (let i = 0; i < items.length; i++) writeValue(items[i], depth)
}

function writeObject(object: object, depth: number): void {
  if (!isPlainObject(object)) {
    if (raw && object instanceof Uint8Array) return writeBytes(object)
    refuse('unsupported-value', 'Only plain objects and arrays are values of the data model')
  }
  const keys = Object.keys(object)
  if (keys.length === 0) return writeByte(0xa0)
  const plan = planFor(keys)
  if (plan.kind === 'link') return writeLink(object['$link'])
  if (plan.kind === 'bytes') return writeBase64Bytes(object['$bytes'])
  const { sorted, encoded } = plan
  reserve(MAX_HEAD_BYTES)
  at = writeHead(MAJOR.map, sorted.length, out, at)
  for (let i = 0; i < sorted.length; i++) {
    writeShort(encoded[i]!)
    writeValue(object[sorted[i]!], depth)
  }
}

/** For few bytes a loop is faster than `set`. */
function writeShort(bytes: Uint8Array): void {
  const size = bytes.length
  reserve(size)
  if (size > 32) out.set(bytes, at)
  else for (let i = 0; i < size; i++) out[at + i] = bytes[i]!
  at += size
}

function writeText(text: string): void {
  const { length } = text
  // Three bytes for each UTF-16 unit are always enough.
  reserve(MAX_HEAD_BYTES + length * 3)
  if (length < LONG_TEXT) {
    const first = at + headSize(length)
    let i = 0
    for (; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code > 0x7f) break
      out[first + i] = code
    }
    if (i === length) {
      at = writeHead(MAJOR.text, length, out, at) + length
      return
    }
  }
  // The head comes first but depends on the size: it is right unless the text is not ASCII.
  const assumed = headSize(length)
  const size = writeUtf8(text, out, at + assumed)
  if (size !== length) {
    if (!isWellFormed(text)) refuse('invalid-utf8', 'A text has a lone surrogate')
    const needed = headSize(size)
    if (needed !== assumed) out.copyWithin(at + needed, at + assumed, at + assumed + size)
  }
  at = writeHead(MAJOR.text, size, out, at) + size
}

function writeInteger(value: number): void {
  if (!Number.isSafeInteger(value)) {
    refuse(
      Number.isInteger(value) ? 'integer-range' : 'float',
      `The data model has integers within ±(2^53−1), not ${value}`,
    )
  }
  reserve(MAX_HEAD_BYTES)
  at =
    value < 0
      ? writeHead(MAJOR.negative, -1 - value, out, at)
      : writeHead(MAJOR.unsigned, value, out, at)
}

function writeLink(link: unknown): void {
  reserve(MAX_HEAD_BYTES + CID_BYTES)
  at = writeHead(MAJOR.tag, LINK_TAG, out, at)
  at = writeHead(MAJOR.bytes, CID_BYTES + 1, out, at)
  out[at++] = 0
  if (raw && link instanceof Uint8Array && link.length === CID_BYTES && isCidAt(link, 0)) {
    out.set(link, at)
  } else if (typeof link !== 'string' || !writeCidText(link, out, at)) {
    refuse('invalid-cid', 'A link is not a CID of the protocol')
  }
  at += CID_BYTES
}

function writeBase64Bytes(text: unknown): void {
  const size = typeof text === 'string' ? base64Size(text) : -1
  if (size >= 0) {
    reserve(MAX_HEAD_BYTES + size)
    at = writeHead(MAJOR.bytes, size, out, at)
    if (writeBase64(text as string, out, at)) {
      at += size
      return
    }
  }
  refuse('invalid-base64', 'The value of $bytes is not base64')
}

function writeBytes(bytes: Uint8Array): void {
  reserve(MAX_HEAD_BYTES + bytes.length)
  at = writeHead(MAJOR.bytes, bytes.length, out, at)
  out.set(bytes, at)
  at += bytes.length
}

function writeByte(byte: number): void {
  reserve(1)
  out[at++] = byte
}

function reserve(size: number): void {
  if (size > out.length - at) outgrow(size)
}

/** Moves on to something that has room, with what there is already. */
function outgrow(size: number): void {
  const larger = new Uint8Array(Math.max(at - start + size, 4 * (at - start), SLAB_BYTES))
  larger.set(out.subarray(start, at))
  out = larger
  at -= start
  start = 0
}

function refuse(code: DataErrorCode, message: string): never {
  throw new DataError(message, { code })
}
