// Repositories of any size. They are made here: to write a hundred thousand records through the API
// of a server would take an hour.

import { cidForCbor, encodeCar, encodeCbor } from 'atproto.ts/data'
import type { CarBlock } from 'atproto.ts/data'
import { Mst } from 'atproto.ts/repo'
import type { MstEntry } from 'atproto.ts/repo'
import { seededRandom } from './random.ts'
import { randomCid, randomRecord, randomTid } from './records.ts'
import type { CorpusRecord } from './records.ts'

/** The account of every repository made here. */
export const DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'

/** So many different records, with the paths they are at, in no order. */
export function seededRecords(
  count: number,
  seed = 1,
): [path: string, record: CorpusRecord['record']][] {
  const random = seededRandom(seed)
  const blob = (): unknown => ({
    $type: 'blob',
    ref: { $link: randomCid(random, 'raw') },
    mimeType: 'image/jpeg',
    size: 1 + random.below(900_000),
  })
  return Array.from({ length: count }, () => {
    const { collection, record } = randomRecord({ ...random, blob })
    return [`${collection}/${randomTid(random)}`, record]
  })
}

/** So many keys of a tree with a CID each, in no order. */
export function seededEntries(count: number): MstEntry[] {
  return seededRecords(count).map(([path, record]) => [path, cidForCbor(record)])
}

/** A repository of so many records as a CAR file, in the order of its tree. Its signature is void. */
export function seededRepo(count: number): Uint8Array<ArrayBuffer> {
  const records = new Map<string, Uint8Array>()
  const entries = seededRecords(count).map(([path, record]): MstEntry => {
    const { cid, bytes } = blockOf(record)
    records.set(cid, bytes)
    return [path, cid]
  })
  const tree = Mst.from(entries)
  const commit = blockOf({
    did: DID,
    version: 3,
    rev: '3l3qkhtegds2a',
    data: { $link: tree.root() },
    prev: null,
    sig: { $bytes: 'A'.repeat(86) },
  })
  const blocks = [commit]
  for (const part of tree.walk()) {
    const bytes = part.kind === 'node' ? part.bytes : records.get(part.cid)
    blocks.push({ cid: part.cid, bytes: bytes! })
  }
  return encodeCar([commit.cid], blocks)
}

function blockOf(value: unknown): CarBlock {
  return { cid: cidForCbor(value), bytes: encodeCbor(value) }
}
