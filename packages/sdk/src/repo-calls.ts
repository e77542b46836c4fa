// The calls of com.atproto.repo as people use them: the repo is the session's own, a record is named
// by its URI or its parts, and a created record whose answer was lost is looked up, never made twice.
import type * as ApplyWrites from '../lexicons/com.atproto.repo.applyWrites.ts'
import type * as CreateRecord from '../lexicons/com.atproto.repo.createRecord.ts'
import type * as DeleteRecord from '../lexicons/com.atproto.repo.deleteRecord.ts'
import type * as DescribeRepo from '../lexicons/com.atproto.repo.describeRepo.ts'
import type * as GetRecord from '../lexicons/com.atproto.repo.getRecord.ts'
import type * as ListRecords from '../lexicons/com.atproto.repo.listRecords.ts'
import type * as PutRecord from '../lexicons/com.atproto.repo.putRecord.ts'
import type { ComAtprotoRepo } from '../lexicons/com.atproto.ts'
import { recordParts, requireRepo } from './record-place.ts'
import type { RecordPlace } from './record-place.ts'
import { nextTid } from './syntax/index.ts'
import type { AtIdentifier, Did } from './syntax/index.ts'
import { isXrpcError } from './xrpc/index.ts'
import type { CallOptions, XrpcResponse } from './xrpc/index.ts'

/** The most writes that a repo takes in one commit (specs/repository, "Repository Limits"). */
export const MAX_WRITES = 200

/** An input in which `repo` may be left out, for the session's own. */
export type WithOwnRepo<Input extends { repo: unknown }> = Omit<Input, 'repo'> & {
  repo?: AtIdentifier | undefined
}

/** An input that names its record by URI or by parts. */
export type WithPlace<Input> = RecordPlace & Omit<Input, 'repo' | 'collection' | 'rkey'>

/** The record to write: any object, as its collection's lexicon describes it. */
type WithRecord<Input> = Omit<Input, 'record'> & { record: object }

/** `com.atproto.repo`, with what the session and a URI say filled in. */
export interface RepoCalls extends Omit<
  ComAtprotoRepo,
  | 'applyWrites'
  | 'createRecord'
  | 'deleteRecord'
  | 'describeRepo'
  | 'getRecord'
  | 'listRecords'
  | 'putRecord'
> {
  /**
   * Writes up to 200 records in one commit, all or none. See `splitWrites` for more.
   *
   * @throws RangeError where there are more than 200 writes.
   */
  applyWrites(
    input: WithOwnRepo<ApplyWrites.Input>,
    options?: CallOptions,
  ): Promise<XrpcResponse<ApplyWrites.Output>>
  /**
   * Creates a record. Without `rkey` it gets a TID made here, so that the call can be made again, or
   * looked up, where the answer was lost: the record is never created twice. Where it was looked up,
   * the answer holds `uri` and `cid` only.
   */
  createRecord(
    input: WithRecord<WithOwnRepo<CreateRecord.Input>>,
    options?: CallOptions,
  ): Promise<XrpcResponse<CreateRecord.Output>>
  /** Deletes a record. One that is not there counts as deleted. */
  deleteRecord(
    input: WithPlace<DeleteRecord.Input>,
    options?: CallOptions,
  ): Promise<XrpcResponse<DeleteRecord.Output>>
  /** Describes a repo: its handle, DID document and collections. */
  describeRepo(
    params?: WithOwnRepo<DescribeRepo.Params>,
    options?: CallOptions,
  ): Promise<XrpcResponse<DescribeRepo.Output>>
  /** Gets a record. The error `RecordNotFound` says that there is none. */
  getRecord(
    params: WithPlace<GetRecord.Params>,
    options?: CallOptions,
  ): Promise<XrpcResponse<GetRecord.Output>>
  /** Lists a page of a collection's records; `paginate` goes through all of them. */
  listRecords(
    params: WithOwnRepo<ListRecords.Params>,
    options?: CallOptions,
  ): Promise<XrpcResponse<ListRecords.Output>>
  /** Creates a record at a key of your choice, or replaces the one that is there. */
  putRecord(
    input: WithPlace<WithRecord<PutRecord.Input>>,
    options?: CallOptions,
  ): Promise<XrpcResponse<PutRecord.Output>>
}

/** @internal The calls around the plain ones. `did` says whose session it is, if any. */
export function createRepoCalls(calls: ComAtprotoRepo, did: Did | undefined): RepoCalls {
  const inRepo = <Input extends { repo?: AtIdentifier | undefined }>(input: Input) => ({
    ...input,
    repo: requireRepo(input.repo, did),
  })
  const atPlace = <Input extends RecordPlace>(input: Input) => ({
    ...input,
    ...recordParts(input, did),
    // What is undefined is not sent.
    uri: undefined,
  })
  return {
    ...calls,
    async applyWrites(input, options) {
      if (input.writes.length > MAX_WRITES) {
        throw new RangeError(
          `${input.writes.length} writes are over ${MAX_WRITES}: use splitWrites`,
        )
      }
      return calls.applyWrites(inRepo(input), options)
    },
    async createRecord(input, options) {
      const { collection, rkey = nextTid() } = input
      const body = { ...inRepo(input), rkey } as CreateRecord.Input
      if (input.rkey !== undefined) return calls.createRecord(body, options)
      const settle = async () => {
        try {
          const { data, ...response } = await calls.getRecord(
            { repo: body.repo, collection, rkey },
            options,
          )
          return { ...response, data: { uri: data.uri, cid: data.cid } }
        } catch (error) {
          if (isXrpcError(error, 'RecordNotFound')) return undefined
          throw error
        }
      }
      return calls.createRecord(body, { ...options, settle })
    },
    deleteRecord: async (input, options) => calls.deleteRecord(atPlace(input), options),
    describeRepo: async (params = {}, options) => calls.describeRepo(inRepo(params), options),
    getRecord: async (params, options) => calls.getRecord(atPlace(params), options),
    listRecords: async (params, options) => calls.listRecords(inRepo(params), options),
    putRecord: async (input, options) =>
      calls.putRecord(atPlace(input) as PutRecord.Input, options),
  }
}
