// Writing CAR files, version 1.

import { varintSize, writeVarint } from '../base/index.ts'
import type { CidString } from '../syntax/index.ts'
import type { CarBlock } from './car-section.ts'
import { encodeCbor } from './cbor-encode.ts'
import { CID_BYTES, parseCid, writeCidText } from './cid.ts'

const CHUNK_BYTES = 64 * 1024

/**
 * Writes a CAR file in chunks of about 64 KiB, as it is asked for them: any number of blocks pass
 * through. `ReadableStream.from(writeCar(…))` makes a stream of it, where one is needed.
 *
 * The blocks are taken as they are: nothing is hashed.
 *
 * @throws {DataError} `invalid-cid`, `unsupported-cid`
 *
 * @example
 * ```ts
 * await writeFile('repo.car', writeCar([commit.cid], [commit, ...others]))
 * ```
 */
export async function* writeCar(
  roots: readonly CidString[],
  blocks: Iterable<CarBlock> | AsyncIterable<CarBlock>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const header = encodeHeader(roots)
  let chunk = new Uint8Array(Math.max(CHUNK_BYTES, sizeWithLength(header.length)))
  let at = writePart(header, chunk, 0)
  for await (const block of blocks) {
    const size = sectionSize(block)
    if (size > chunk.length - at) {
      yield chunk.subarray(0, at)
      chunk = new Uint8Array(Math.max(CHUNK_BYTES, size))
      at = 0
    }
    at = writeSection(block, chunk, at)
  }
  yield chunk.subarray(0, at)
}

/** Writes a small CAR file, such as the proof in an event, at once. Otherwise as {@link writeCar}. */
export function encodeCar(
  roots: readonly CidString[],
  blocks: readonly CarBlock[],
): Uint8Array<ArrayBuffer> {
  const header = encodeHeader(roots)
  let size = sizeWithLength(header.length)
  for (const block of blocks) size += sectionSize(block)
  const file = new Uint8Array(size)
  let at = writePart(header, file, 0)
  for (const block of blocks) at = writeSection(block, file, at)
  return file
}

function encodeHeader(roots: readonly CidString[]): Uint8Array {
  return encodeCbor({ roots: roots.map((root) => ({ $link: root })), version: 1 })
}

function sizeWithLength(length: number): number {
  return varintSize(length) + length
}

function sectionSize({ bytes }: CarBlock): number {
  return sizeWithLength(CID_BYTES + bytes.length)
}

function writePart(bytes: Uint8Array, into: Uint8Array, offset: number): number {
  const at = writeVarint(bytes.length, into, offset)
  into.set(bytes, at)
  return at + bytes.length
}

function writeSection({ cid, bytes }: CarBlock, into: Uint8Array, offset: number): number {
  const at = writeVarint(CID_BYTES + bytes.length, into, offset)
  // Parsing it again tells what is wrong with it.
  if (!writeCidText(cid, into, at)) parseCid(cid)
  into.set(bytes, at + CID_BYTES)
  return at + CID_BYTES + bytes.length
}
