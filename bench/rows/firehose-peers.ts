// How the peers read the commits of a firehose.

import { fromUint8Array } from '@atcute/car'
import { decode, decodeFirst, fromBytes, toCidLink } from '@atcute/cbor'
import type { Bytes, CidLink } from '@atcute/cbor'
import { decodeAll } from '@atproto/lex-cbor'
import { lexToJson } from '@atproto/lex-json'
import { Firehose as SyncStream } from '@atproto/sync'
import type { CommitEvt, FirehoseOptions } from '@atproto/sync'
import { Firehose } from '@skyware/firehose'
import type { Frame } from '../corpus/frames.ts'

/** A record that was created or updated: its path, and what it is as JSON. */
export type Read = [path: string, record: unknown]

/** What `@atcute/cbor` makes of a `#commit` message. */
export interface AtcuteCommit {
  seq: number
  blocks: Bytes
  ops: { path: string; cid: CidLink | null }[]
}

/** With `@atcute/cbor`, whose user takes the message out of the frame. */
export function atcuteMessage(frame: Frame): AtcuteCommit {
  const [, rest] = decodeFirst(frame)
  return decode(rest) as AtcuteCommit
}

/** With `@atcute/cbor` and `@atcute/car`: the records of the operations. */
export function atcuteRecords({ blocks, ops }: AtcuteCommit): Read[] {
  const byCid = new Map<string, Uint8Array>()
  for (const { cid, bytes } of fromUint8Array(fromBytes(blocks))) {
    byCid.set(toCidLink(cid).$link, bytes)
  }
  const records: Read[] = []
  for (const { path, cid } of ops) {
    const bytes = cid && byCid.get(cid.$link)
    if (bytes) records.push([path, decode(bytes)])
  }
  return records
}

const skyware = Object.create(Firehose.prototype) as {
  parseMessage(data: Frame): Promise<{ ops: { path: string; record?: unknown }[] }>
}

/** With `@skyware/firehose`, which decodes every block. */
export async function skywareRecords(frame: Frame): Promise<Read[]> {
  const { ops } = await skyware.parseMessage(frame)
  return ops.flatMap(({ path, record }) => (record === undefined ? [] : [[path, record]]))
}

/** What `@atproto/sync` does with the messages that come out of its socket. */
interface SyncFirehose {
  sub: { opts: { validate(message: unknown): unknown } }
  parseEvt(message: unknown): Promise<CommitEvt[]>
}

const NSID = 'com.atproto.sync.subscribeRepos'

/**
 * With `@atproto/sync`, from frames to what it hands out. Where it has keys it verifies signatures and
 * the proofs of operations, else the hashes of blocks.
 */
export function syncReader(
  keys?: Readonly<Record<string, string>>,
): (frame: Frame) => Promise<Read[]> {
  const resolver = { did: { resolveAtprotoKey: async (did: string) => keys?.[did] } }
  const firehose = new SyncStream({
    idResolver: resolver as unknown as FirehoseOptions['idResolver'],
    handleEvent: () => undefined,
    onError(error) {
      throw error
    },
    unauthenticatedCommits: !keys,
  }) as unknown as SyncFirehose
  return async (frame) => {
    const [header, message] = [...decodeAll(frame)] as [{ t: string }, object]
    const valid = firehose.sub.opts.validate({ ...message, $type: `${NSID}${header.t}` })
    const events = await firehose.parseEvt(valid)
    return events.flatMap((event): Read[] =>
      event.event === 'delete' ? [] : [[`${event.collection}/${event.rkey}`, event.record]],
    )
  }
}

/** What `@atproto/sync` has for links and bytes, as in JSON. */
export function syncJson(record: unknown): unknown {
  return lexToJson(record as Parameters<typeof lexToJson>[0])
}
