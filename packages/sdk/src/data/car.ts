// CAR files, version 1 (https://dasl.ing/car.html): a header with roots, then blocks.

import type { ByteStream } from '../base/index.ts'
import { readCarBytes } from './car-bytes.ts'
import type { Car } from './car-bytes.ts'
import type { CarReadOptions } from './car-options.ts'
import { readCarStream } from './car-stream.ts'
import type { CarStream } from './car-stream.ts'

/**
 * Reads a CAR file: from bytes at once, from a stream or another source of chunks as it arrives.
 *
 * Blocks may come in any order, more than once, and without anything that refers to them. The hash
 * of every block is compared with its CID before it is given out, unless `verify` is false.
 *
 * @throws {DataError} with the `offset` in the file, from this function: `car-header`,
 * `header-too-large`; from the iteration over the blocks: `block-too-large`, `invalid-cid`,
 * `unsupported-cid` (identity CIDs among them), `hash-mismatch`, `root-missing` (at the end, where a
 * root has no block); from both: `truncated`, `car-varint`.
 *
 * @example
 * ```ts
 * const response = await fetch(`${pds}/xrpc/com.atproto.sync.getRepo?did=${did}`)
 * const { roots, blocks } = await readCar(response.body!)
 * for await (const { cid, bytes } of blocks) console.log(cid, bytes.length)
 * ```
 */
export function readCar(source: Uint8Array, options?: CarReadOptions): Car
export function readCar(source: ByteStream, options?: CarReadOptions): Promise<CarStream>
export function readCar(
  source: Uint8Array | ByteStream,
  options?: CarReadOptions,
): Car | Promise<CarStream> {
  // Not instanceof: the bytes may be of another realm.
  return ArrayBuffer.isView(source) ? readCarBytes(source, options) : readCarStream(source, options)
}
