// The records of one collection, typed by its NSID.
import type * as CreateRecord from '../lexicons/com.atproto.repo.createRecord.ts'
import type * as DeleteRecord from '../lexicons/com.atproto.repo.deleteRecord.ts'
import type * as GetRecord from '../lexicons/com.atproto.repo.getRecord.ts'
import type * as ListRecords from '../lexicons/com.atproto.repo.listRecords.ts'
import type * as PutRecord from '../lexicons/com.atproto.repo.putRecord.ts'
import type { Records } from '../lexicons/records.ts'
import type { RecordSchema } from './lexicon/index.ts'
import type { RecordPlace } from './record-place.ts'
import type { RepoCalls } from './repo-calls.ts'
import type { AtIdentifier, AtUri, CidString, Nsid, RecordKey } from './syntax/index.ts'
import { paginate } from './xrpc/index.ts'
import type { CallOptions, XrpcResponse } from './xrpc/index.ts'

/** The record type of a collection: as its lexicon says where it is known, else any object. */
export type RecordOf<Collection extends string> = Collection extends keyof Records
  ? Records[Collection]['value']
  : Record<string, unknown>

/** The record keys that a collection uses. */
export type KeyOf<Collection extends string> = Collection extends keyof Records
  ? Records[Collection]['key']
  : RecordKey

/** A record where it was found. */
export interface FoundRecord<Value> {
  uri: AtUri
  cid: CidString
  value: Value
}

/** One of the collection's records: by URI, or by key in a repo, the session's own by default. */
export type PlaceIn<Collection extends string> =
  | { uri: AtUri; rkey?: undefined; repo?: undefined }
  | { uri?: undefined; rkey: KeyOf<Collection>; repo?: AtIdentifier | undefined }

/** What is known of a collection besides its name. */
export interface CollectionOptions {
  /** The schema of its records, for lexicons of your own; those that the SDK has are known. */
  schema?: Pick<RecordSchema<{ $type?: string }>, 'parse'> | undefined
}

type Rest<Input> = Omit<Input, 'repo' | 'collection' | 'rkey' | 'record' | 'uri'>

/**
 * The records of one collection. Get it with `atproto.collection(nsid)`.
 *
 * What is written is checked against the lexicon of the collection before it is sent, where that is
 * known; its schema is loaded for the first record. `validate: false` leaves that out, and the check
 * of the server with it.
 *
 * @example
 * ```ts
 * const posts = atproto.collection('app.bsky.feed.post')
 * const { data } = await posts.create({ text: 'Hello', createdAt: new Date().toISOString() })
 * for await (const post of posts.list()) console.log(post.value.text)
 * await posts.delete({ uri: data.uri })
 * ```
 */
export class Collection<Name extends Nsid> {
  /** The collection's NSID. */
  readonly nsid: Name
  readonly #repo: RepoCalls
  readonly #schema: CollectionOptions['schema']

  /** @internal */
  constructor(repo: RepoCalls, nsid: Name, { schema }: CollectionOptions = {}) {
    this.nsid = nsid
    this.#repo = repo
    this.#schema = schema
  }

  /**
   * Creates a record, under a new TID unless a key is given. `$type` is filled in.
   * See `atproto.repo.createRecord` for what happens where the answer is lost.
   *
   * @throws ValidationError where the record does not follow its lexicon: it names the field.
   */
  async create(
    record: RecordOf<Name>,
    place: { rkey?: KeyOf<Name>; repo?: AtIdentifier } & Rest<CreateRecord.Input> = {},
    options?: CallOptions,
  ): Promise<XrpcResponse<CreateRecord.Output>> {
    return this.#repo.createRecord(
      { ...place, collection: this.nsid, record: await this.#checked(record, place) },
      options,
    )
  }

  /** Gets a record. The error `RecordNotFound` says that there is none. */
  async get(
    place: PlaceIn<Name> & Rest<GetRecord.Params>,
    options?: CallOptions,
  ): Promise<XrpcResponse<GetRecord.Output & { value: RecordOf<Name> }>> {
    const response = await this.#repo.getRecord(this.#place(place), options)
    return response as XrpcResponse<GetRecord.Output & { value: RecordOf<Name> }>
  }

  /** Goes through all records of the collection, newest key first, asking for pages as it goes. */
  list(
    params: { repo?: AtIdentifier } & Rest<ListRecords.Params> = {},
    options?: CallOptions,
  ): AsyncIterable<FoundRecord<RecordOf<Name>>> {
    return paginate(
      (cursor = params.cursor) =>
        this.#repo.listRecords({ ...params, collection: this.nsid, cursor }, options),
      (page) => page.records as FoundRecord<RecordOf<Name>>[],
    )
  }

  /**
   * Creates a record at a key, or replaces the one that is there. `$type` is filled in.
   *
   * @throws ValidationError where the record does not follow its lexicon: it names the field.
   */
  async put(
    record: RecordOf<Name>,
    place: PlaceIn<Name> & Rest<PutRecord.Input>,
    options?: CallOptions,
  ): Promise<XrpcResponse<PutRecord.Output>> {
    const input = { ...this.#place(place), record: await this.#checked(record, place) }
    return this.#repo.putRecord(input, options)
  }

  /** Deletes a record. One that is not there counts as deleted. */
  async delete(
    place: PlaceIn<Name> & Rest<DeleteRecord.Input>,
    options?: CallOptions,
  ): Promise<XrpcResponse<DeleteRecord.Output>> {
    return this.#repo.deleteRecord(this.#place(place), options)
  }

  /**
   * Gives a record back that was read, if it follows the lexicon of the collection: nobody has checked
   * it before. Where the lexicon is not known, any record does.
   *
   * @throws ValidationError where it does not: it names the field.
   */
  async parse(value: unknown): Promise<RecordOf<Name>> {
    const { loadRecordSchema } = await import('../lexicons/record-schemas.ts')
    const schema = this.#schema ?? (await loadRecordSchema(this.nsid))
    return (schema ? schema.parse(value) : value) as RecordOf<Name>
  }

  async #checked(
    record: RecordOf<Name>,
    { validate = true }: { validate?: unknown },
  ): Promise<object> {
    const typed = { $type: this.nsid, ...record }
    return validate ? this.parse(typed) : typed
  }

  #place<Place extends PlaceIn<Name>>(place: Place): Place & RecordPlace {
    if (place.uri !== undefined && place.uri.split('/')[3] !== this.nsid) {
      throw new TypeError(`${place.uri} is not in the collection ${this.nsid}`)
    }
    return { ...place, collection: this.nsid } as Place & RecordPlace
  }
}
