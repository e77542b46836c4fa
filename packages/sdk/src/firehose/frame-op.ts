// An operation of a `#commit` message.

import type { LexValue } from '../data/index.ts'
import type { AtUri, CidString, Did, Nsid, RecordKey } from '../syntax/index.ts'
import type { RepoOp } from './events.ts'
import { FirehoseError } from './firehose-error.ts'
import { showValues } from './inspect.ts'

/** A record as plain JSON. */
export interface LexRecord {
  [key: string]: LexValue
}

/** Where operations get their records from. */
export interface RecordSource {
  readonly did: Did
  /**
   * @param cid Where in the frame the CID of the record is.
   * @param index How many operations with a record come before.
   * @throws {FirehoseError} `missing-record`, `invalid-record`
   */
  readRecord(cid: number, index: number): LexRecord
}

/** Where the record of an operation is, and what is known of it without a look at it. */
interface OpFields {
  action: string
  path: string
  cid: CidString | null
  prev: CidString | null
  cidAt: number
  index: number
}

/**
 * An operation as programs see it. Its record is an own property like the others, but decoded when
 * it is first read.
 */
export class FrameOp implements RepoOp {
  readonly action: string
  readonly path: string
  readonly collection: Nsid
  readonly rkey: RecordKey
  readonly uri: AtUri
  readonly cid: CidString | null
  readonly prev: CidString | null
  declare readonly record: LexRecord | null

  readonly #source: RecordSource
  readonly #cidAt: number
  readonly #index: number
  #record: LexRecord | undefined
  #fault: FirehoseError | undefined

  constructor(source: RecordSource, { action, path, cid, prev, cidAt, index }: OpFields) {
    const slash = path.indexOf('/')
    this.action = action
    this.path = path
    this.collection = path.slice(0, slash) as Nsid
    this.rkey = path.slice(slash + 1)
    this.uri = `at://${source.did}/${path}`
    this.cid = cid
    this.prev = prev
    this.#source = source
    this.#cidAt = cidAt
    this.#index = index
    Object.defineProperty(this, 'record', FrameOp.#lazyRecord)
  }

  get fault(): FirehoseError | undefined {
    void this.record
    return this.#fault
  }

  static {
    showValues(this.prototype)
  }

  // One descriptor for all, as a property with functions of its own would cost ten times as much.
  static readonly #lazyRecord: PropertyDescriptor & ThisType<FrameOp> = {
    enumerable: true,
    get(): LexRecord | null {
      if (this.cid === null || this.#fault) return null
      try {
        return (this.#record ??= this.#source.readRecord(this.#cidAt, this.#index))
      } catch (error) {
        // What somebody wrote shall not end a program in the middle of its work.
        if (!(error instanceof FirehoseError)) throw error
        this.#fault = error
        return null
      }
    },
  }
}
