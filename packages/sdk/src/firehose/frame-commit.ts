// A `#commit` message as an event. Its operations, and the record of each, are own properties like the
// others, so that it can be compared, cloned and written as JSON like any other object; but they are
// decoded when they are first read.

import { encodeBase32 } from '../base/index.ts'
import { DataError, decodeCbor } from '../data/index.ts'
import type { CheckedCommitEvent } from '../repo/index.ts'
import type { CidString, Did } from '../syntax/index.ts'
import { BlockFinder } from './block-finder.ts'
import { ABSENT, CborScanner, CID_BYTES, MAJOR } from './cbor-scanner.ts'
import type { CollectionFilter } from './collection-filter.ts'
import type { CommitEvent, CommitEventVerification } from './events.ts'
import { FirehoseError } from './firehose-error.ts'
import type { FirehoseErrorCode } from './firehose-error.ts'
import { FrameOp } from './frame-op.ts'
import type { LexRecord, RecordSource } from './frame-op.ts'
import { showValues } from './inspect.ts'
import { checkDid, checkSeq } from './message-fields.ts'

// In the order of DAG-CBOR; below, the place of each.
const FIELDS = ['ops', 'rev', 'seq', 'repo', 'time', 'since', 'blocks', 'commit', 'prevData']
const OPS = 0
const REV = 1
const SEQ = 2
const REPO = 3
const TIME = 4
const SINCE = 5
const BLOCKS = 6
const COMMIT = 7
const PREV_DATA = 8

const OP_FIELDS = ['cid', 'path', 'prev', 'action']
const CID = 0
const PATH = 1
const PREV = 2
const ACTION = 3

/** A `#commit` message of a frame. */
export class FrameCommit implements CommitEvent, RecordSource {
  readonly kind = 'commit'
  readonly seq: number
  readonly did: Did
  readonly time: string
  readonly rev: string
  readonly since: string | null
  readonly commit: CidString
  readonly prevData: CidString | null
  declare readonly ops: readonly FrameOp[]
  declare verification?: CommitEventVerification

  readonly #frame: Uint8Array
  readonly #opsAt: number
  readonly #blocksAt: number
  readonly #filter: CollectionFilter | undefined
  #allOps: FrameOp[] | undefined
  #ops: FrameOp[] | undefined
  #finder: BlockFinder | undefined
  #checked: CheckedCommitEvent | undefined

  /**
   * @param start Where in the frame the message begins.
   * @param filter The collections of the operations to give out.
   * @throws {DataError} of the data room, where it is not a `#commit` message.
   */
  constructor(frame: Uint8Array, start: number, filter: CollectionFilter | undefined) {
    const scanner = new CborScanner(frame, start)
    const places = scanner.fields(FIELDS)
    if (scanner.at !== frame.length) scanner.fail('trailing-bytes')
    this.seq = checkSeq(scanner.to(places[SEQ]!).unsigned())
    this.did = checkDid(scanner.to(places[REPO]!).text())
    this.time = scanner.to(places[TIME]!).text()
    this.rev = scanner.to(places[REV]!).text()
    scanner.to(places[SINCE]!)
    this.since = scanner.skipNull() ? null : scanner.text()
    scanner.to(places[COMMIT]!)
    this.commit = formatCid(frame, scanner.link())
    this.prevData = optionalCid(frame, scanner, places[PREV_DATA]!)
    scanner.to(places[OPS]!).expect(MAJOR.array)
    scanner.to(places[BLOCKS]!).expect(MAJOR.bytes)
    this.#frame = frame
    this.#opsAt = places[OPS]!
    this.#blocksAt = places[BLOCKS]!
    this.#filter = filter
    Object.defineProperty(this, 'ops', FrameCommit.#lazyOps)
  }

  static {
    showValues(this.prototype)
  }

  // One descriptor for all, as a property with functions of its own would cost ten times as much.
  static readonly #lazyOps: PropertyDescriptor & ThisType<FrameCommit> = {
    enumerable: true,
    get(): readonly FrameOp[] {
      const filter = this.#filter
      if (!filter) return this.allOps
      return (this.#ops ??= this.allOps.filter(({ collection }) => filter.has(collection)))
    },
  }

  /** The operations of all collections. */
  get allOps(): readonly FrameOp[] {
    return (this.#allOps ??= this.#orFail('invalid-frame', () => this.#readOps()))
  }

  get blocks(): Uint8Array {
    return new CborScanner(this.#frame, this.#blocksAt).bytes()
  }

  /** Notes what was found out. Records are taken from the blocks that were checked, from then on. */
  verified(checked: CheckedCommitEvent, verification: CommitEventVerification): void {
    this.#checked = checked
    this.verification = verification
  }

  readRecord(cid: number, index: number): LexRecord {
    return this.#orFail('invalid-record', () => {
      const block = this.#checked?.records[index]?.bytes ?? this.#findBlock(cid)
      if (block[0]! >> 5 !== MAJOR.map) throw new DataError('Not a map', { code: 'malformed' })
      return decodeCbor(block) as LexRecord
    })
  }

  #findBlock(cid: number): Uint8Array {
    this.#finder ??= new BlockFinder(this.blocks)
    const block = this.#finder.find(this.#frame, cid)
    if (block) return block
    throw this.#failure('missing-record', 'The event does not have the record')
  }

  #readOps(): FrameOp[] {
    const frame = this.#frame
    const scanner = new CborScanner(frame, this.#opsAt)
    const ops: FrameOp[] = []
    const places: number[] = []
    let index = 0
    for (let left = scanner.expect(MAJOR.array); left > 0; left--) {
      scanner.fields(OP_FIELDS, places)
      const end = scanner.at
      const action = scanner.to(places[ACTION]!).text()
      const path = scanner.to(places[PATH]!).text()
      if (!path.includes('/')) scanner.fail('malformed')
      const hasRecord = !scanner.to(places[CID]!).skipNull()
      const cidAt = hasRecord ? scanner.link() : ABSENT
      const cid = hasRecord ? formatCid(frame, cidAt) : null
      const prev = optionalCid(frame, scanner, places[PREV]!)
      ops.push(new FrameOp(this, { action, path, cid, prev, cidAt, index }))
      if (hasRecord) index++
      scanner.at = end
    }
    return ops
  }

  /** Does what may meet bytes that are not as they should be. */
  #orFail<Result>(code: FirehoseErrorCode, work: () => Result): Result {
    try {
      return work()
    } catch (cause) {
      if (!(cause instanceof DataError)) throw cause
      throw this.#failure(code, cause.message, cause)
    }
  }

  #failure(code: FirehoseErrorCode, message: string, cause?: Error): FirehoseError {
    return new FirehoseError(message, { code, seq: this.seq, did: this.did, cause })
  }
}

function optionalCid(frame: Uint8Array, scanner: CborScanner, place: number): CidString | null {
  if (place === ABSENT) return null
  scanner.at = place
  return scanner.skipNull() ? null : formatCid(frame, scanner.link())
}

function formatCid(bytes: Uint8Array, at: number): CidString {
  return encodeBase32(bytes, at, at + CID_BYTES)
}
