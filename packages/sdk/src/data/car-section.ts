// The parts of a CAR file: a length as a varint, then so many bytes. In the first part they are the
// header, in all others the CID of a block and the block.

import { hasSha256, readVarint, VARINT_INVALID, VARINT_TRUNCATED } from '../base/index.ts'
import type { CidString } from '../syntax/index.ts'
import { CID_BYTES, cidFault, DIGEST_OFFSET, formatCidAt, isCidAt } from './cid.ts'
import { carFault } from './car-fault.ts'

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
  if (length === VARINT_TRUNCATED) throw carFault('truncated', base + at)
  throw carFault(length === VARINT_INVALID ? 'car-varint' : `${part}-too-large`, base + at)
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
    throw carFault('hash-mismatch', base + start)
  }
  return { cid, bytes: block }
}
