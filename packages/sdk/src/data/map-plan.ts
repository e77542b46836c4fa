// How to write maps with certain keys: their canonical order and their bytes. Records share a few
// hundred sets of keys, so that a plan is nearly always one that was made before.

import { compareBytes, isWellFormed } from '../base/index.ts'
import { headSize, MAJOR, writeHead } from './cbor-head.ts'
import { DataError } from './data-error.ts'

/** How to write the maps whose keys, in the order that the engine gives them, are `keys`. */
export interface MapPlan {
  keys: readonly string[]
  /** A map with a key of its own kind stands for a link or bytes. */
  kind: 'map' | 'link' | 'bytes'
  /** The keys in canonical order: by the length of their UTF-8, then by its bytes. */
  sorted: readonly string[]
  /** For each of the sorted keys its encoding, head and text. */
  encoded: readonly Uint8Array[]
}

const SLOTS = 512
const MAX_REMEMBERED = 32

const encoder = new TextEncoder()
const remembered: (MapPlan | undefined)[] = new Array<MapPlan | undefined>(SLOTS).fill(undefined)

/**
 * The plan for maps with these keys, of which there is at least one.
 *
 * @throws {DataError} `reserved-key`, `invalid-utf8`
 */
export function planFor(keys: readonly string[]): MapPlan {
  const count = keys.length
  if (count > MAX_REMEMBERED) return makePlan(keys)
  let hash = count
  for (let i = 0; i < count; i++) {
    const key = keys[i]!
    hash = (Math.imul(hash, 31) + key.length * 7 + key.charCodeAt(0)) | 0
  }
  const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1)
  const known = remembered[slot]
  if (known !== undefined && known.keys.length === count) {
    let i = 0
    while (i < count && keys[i] === known.keys[i]) i++
    if (i === count) return known
  }
  const plan = makePlan(keys)
  if (keys.every((key) => key.length <= MAX_REMEMBERED)) remembered[slot] = plan
  return plan
}

function makePlan(keys: readonly string[]): MapPlan {
  const entries = keys.map((key) => ({ key, bytes: encodeKey(key) }))
  entries.sort((a, b) => a.bytes.length - b.bytes.length || compareBytes(a.bytes, b.bytes))
  return {
    keys,
    kind: kindOf(keys),
    sorted: entries.map(({ key }) => key),
    encoded: entries.map(({ bytes }) => bytes),
  }
}

function encodeKey(key: string): Uint8Array {
  if (!isWellFormed(key)) {
    throw new DataError('A key has a lone surrogate', { code: 'invalid-utf8' })
  }
  const text = encoder.encode(key)
  const bytes = new Uint8Array(headSize(text.length) + text.length)
  bytes.set(text, writeHead(MAJOR.text, text.length, bytes, 0))
  return bytes
}

function kindOf(keys: readonly string[]): MapPlan['kind'] {
  const reserved = keys.find((key) => key === '$link' || key === '$bytes')
  if (reserved === undefined) return 'map'
  if (keys.length > 1) {
    throw new DataError(`No other key may stand beside ${reserved}`, { code: 'reserved-key' })
  }
  return reserved === '$link' ? 'link' : 'bytes'
}
