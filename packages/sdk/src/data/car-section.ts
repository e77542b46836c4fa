// The parts of a CAR file: a length as a varint, then so many bytes. In the first part they are the
// header, in all others the CID of a block and the block.

import { hasSha256, readVarint, VARINT_INVALID, VARINT_TRUNCATED } from '../base/index.ts'
import type { CidString } from '../syntax/index.ts'
import { CID_BYTES, cidFault, DIGEST_OFFSET, formatCidAt, isCidAt } from './cid.ts'
import { DataError } from './data-error.ts'

/** A block of a CAR file. */
export interface CarBlock {
  cid: CidString
  /** A view of the source, not a copy: it keeps alive the bytes or the chunk that it lies in. */
  bytes: Uint8Array
}

/**
 * The length of a part, which stands at an offset of the bytes. `base` is the offset of the bytes in
 * the file. Whether so many bytes are there is not looked at.
 *
 * @throws {DataError} `truncated`, `car-varint`, `header-too-large`, `block-too-large`
 */
export function readLength(
  bytes: Uint8Array,
  at: number,
  base: number,
  limit: number,
  part: 'header' | 'block',
): number {
  const length = readVarint(bytes, at)
  if (length >= 0 && length <= limit + (part === 'block' ? CID_BYTES : 0)) return length
  const offset = base + at
  if (length === VARINT_TRUNCATED) throw truncated(offset)
  if (length === VARINT_INVALID) {
    throw new DataError('A length in the CAR file is not a valid varint', {
      code: 'car-varint',
      offset,
    })
  }
  throw new DataError(`A ${part} of the CAR file is larger than ${limit} bytes`, {
    code: `${part}-too-large`,
    offset,
  })
}

/**
 * The block whose CID and bytes lie between two offsets. `base` is as for {@link readLength}.
 *
 * @throws {DataError} `invalid-cid`, `unsupported-cid`, `hash-mismatch`
 */
export function readBlock(
  bytes: Uint8Array,
  start: number,
  end: number,
  base: number,
  verify: boolean,
): CarBlock {
  const blockStart = start + CID_BYTES
  if (blockStart > end || !isCidAt(bytes, start)) {
    throw cidFault(bytes.subarray(start, end), base + start)
  }
  const block = bytes.subarray(blockStart, end)
  const cid = formatCidAt(bytes, start)
  if (verify && !hasSha256(block, bytes, start + DIGEST_OFFSET)) {
    throw new DataError(`A block does not have the hash that its CID ${cid} says`, {
      code: 'hash-mismatch',
      offset: base + start,
    })
  }
  return { cid, bytes: block }
}

/** The error of a file that ends inside the part at an offset. */
export function truncated(offset: number): DataError {
  return new DataError('The CAR file ends inside one of its parts', { code: 'truncated', offset })
}
