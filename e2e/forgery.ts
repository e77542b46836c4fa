// Ways to forge a commit of the firehose.
import { generateKeypair } from 'atproto.ts/crypto'
import {
  cidForCbor,
  decodeCbor,
  decodeCborFirst,
  encodeCar,
  encodeCbor,
  fromLexBytes,
  readCar,
  toLexBytes,
} from 'atproto.ts/data'
import type { CarBlock, CidLink, LexBytes, LexValue } from 'atproto.ts/data'

/** An operation of a commit, in the data model. */
interface Op {
  action: string
  path: string
  cid: CidLink | null
  prev?: CidLink
}

/** A `#commit` message in the data model. */
export interface CommitMessage {
  repo: string
  rev: string
  commit: CidLink
  prevData?: CidLink
  blocks: LexBytes
  ops: Op[]
}

/** Makes something else of a commit. */
export type Forgery = (commit: CommitMessage) => CommitMessage | Promise<CommitMessage>

/** Forges a frame where it is a commit that touches a record key; else undefined. */
export async function forgeFrame(
  frame: Uint8Array,
  rkey: string,
  forge: Forgery,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const [header, rest] = decodeCborFirst(frame)
  if ((header as { t?: string }).t !== '#commit') return undefined
  const commit = decodeCbor(rest) as unknown as CommitMessage
  if (!commit.ops.some(({ path }) => path.endsWith(`/${rkey}`))) return undefined
  const forged = encodeCbor(await forge(commit))
  const start = frame.length - rest.length
  const bytes = new Uint8Array(start + forged.length)
  bytes.set(frame.subarray(0, start))
  bytes.set(forged, start)
  return bytes
}

/** Another record under the same hash. */
export const changeRecord: Forgery = (commit) => {
  const link = commit.ops[0]?.cid?.$link
  return withBlocks(commit, (block) =>
    block.cid === link
      ? { ...block, bytes: encodeCbor({ $type: 'com.example.note', forged: 1 }) }
      : block,
  )
}

/** Another record, with its own hash. */
export const replaceRecord: Forgery = (commit) => {
  const [first, ...others] = commit.ops as [Op, ...Op[]]
  const record = { $type: 'com.example.note', forged: 1 }
  const cid = cidForCbor(record)
  const forged = { ...commit, ops: [{ ...first, cid: { $link: cid } }, ...others] }
  return withBlocks(forged, (block) =>
    block.cid === first.cid?.$link ? { cid, bytes: encodeCbor(record) } : block,
  )
}

/** One thing less. */
export const leaveOpOut: Forgery = (commit) => ({ ...commit, ops: commit.ops.slice(0, -1) })

/** One thing less, and nothing said of what the tree was before. */
export const leaveOpAndPrevDataOut: Forgery = (commit) => {
  const forged = { ...commit, ops: commit.ops.slice(0, -1) }
  delete forged.prevData
  return forged
}

/** One thing more. */
export const addOp: Forgery = (commit) => {
  const [first] = commit.ops
  return { ...commit, ops: [...commit.ops, { ...first!, path: `${first!.path}-not` }] }
}

/** What was created is said to be deleted. */
export const turnIntoDeletion: Forgery = (commit) => {
  const [first, ...others] = commit.ops as [Op, ...Op[]]
  return {
    ...commit,
    ops: [{ ...first, action: 'delete', cid: null, prev: first.cid! }, ...others],
  }
}

/** Of another account. */
export const changeAccount: Forgery = (commit) => ({
  ...commit,
  repo: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa',
})

/** With another revision. */
export const changeRevision: Forgery = (commit) => ({
  ...commit,
  rev: `${commit.rev.slice(0, -1)}${commit.rev.endsWith('2') ? '3' : '2'}`,
})

/** Signed with a key that is not the account's. */
export const signWithOtherKey: Forgery = async (commit) => {
  const keypair = await generateKeypair('k256')
  const before = commit.commit.$link
  const block = [...readCar(fromLexBytes(commit.blocks)).blocks].find(({ cid }) => cid === before)
  const { sig: _, ...unsigned } = decodeCbor(block!.bytes) as { [field: string]: LexValue }
  const signed = { ...unsigned, sig: toLexBytes(await keypair.sign(encodeCbor(unsigned))) }
  const cid = cidForCbor(signed)
  return withBlocks({ ...commit, commit: { $link: cid } }, (other) =>
    other.cid === before ? { cid, bytes: encodeCbor(signed) } : other,
  )
}

/** The commit with its blocks changed, and itself as their root. */
function withBlocks(commit: CommitMessage, change: (block: CarBlock) => CarBlock): CommitMessage {
  const { blocks } = readCar(fromLexBytes(commit.blocks))
  const car = encodeCar([commit.commit.$link], Array.from(blocks, change))
  return { ...commit, blocks: toLexBytes(car) }
}
