// Creates records in one commit, whose CIDs are known before it is made.
import { main as applyWrites } from '../../lexicons/com.atproto.repo.applyWrites.ts'
import type { Output } from '../../lexicons/com.atproto.repo.applyWrites.ts'
import { main as getRecord } from '../../lexicons/com.atproto.repo.getRecord.ts'
import { cidForCbor } from '../data/index.ts'
import { formatAtUri } from '../syntax/index.ts'
import type { AtUri, CidString, Did, Nsid, RecordKey } from '../syntax/index.ts'
import { isXrpcError } from '../xrpc/index.ts'
import type { CallOptions, XrpcClient, XrpcResponse } from '../xrpc/index.ts'
import { BlueskyError } from './bluesky-error.ts'

/** @internal The most writes that a repo takes in one commit (specs/repository, "Repository Limits"). */
export const MAX_CREATED = 200

/** @internal A record to create, plain JSON. */
export interface NewRecord<Value = unknown> {
  collection: Nsid
  rkey: RecordKey
  uri: AtUri
  cid: CidString
  value: Value
}

/** @internal A record to create, with the CID that it will have. */
export function newRecord<Value>(
  repo: Did,
  collection: Nsid,
  rkey: RecordKey,
  value: Value,
): NewRecord<Value> {
  const uri = formatAtUri({ repo, collection, rkey })
  return { collection, rkey, uri, cid: cidForCbor(value), value }
}

/**
 * @internal Creates all records or none. Where the answer was lost, one record tells of all.
 * @throws BlueskyError `cid-mismatch` where the server stored something else.
 */
export async function createAll(
  client: XrpcClient,
  repo: Did,
  records: readonly [NewRecord, ...NewRecord[]],
  options: CallOptions,
): Promise<void> {
  const [first] = records
  const settle = async (): Promise<XrpcResponse<Output> | undefined> => {
    try {
      const { collection, rkey } = first
      const { data, ...answer } = await client.call(getRecord, { repo, collection, rkey }, options)
      const { uri, cid = first.cid } = data
      const result = { $type: 'com.atproto.repo.applyWrites#createResult', uri, cid } as const
      return { ...answer, data: { results: [result] } }
    } catch (error) {
      if (isXrpcError(error, 'RecordNotFound')) return undefined
      throw error
    }
  }
  const writes = records.map(({ collection, rkey, value }) => ({
    $type: 'com.atproto.repo.applyWrites#create' as const,
    collection,
    rkey,
    value: value as Record<string, unknown>,
  }))
  const { data } = await client.call(applyWrites, { repo, writes }, { ...options, settle })
  for (const [at, record] of records.entries()) {
    const result = data.results?.[at]
    if (result && 'cid' in result) checkCid(record, result.cid)
  }
}

function checkCid({ uri, cid }: NewRecord, stored: CidString): void {
  if (stored === cid) return
  throw new BlueskyError(`${uri} was stored as ${stored}, but ${cid} was sent`, {
    code: 'cid-mismatch',
    uri,
  })
}
