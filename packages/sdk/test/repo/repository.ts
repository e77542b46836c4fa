// A repository to test with, which writes its CAR files and its events by the book.

import { generateKeypair } from '../../src/crypto/index.ts'
import type { Keypair } from '../../src/crypto/index.ts'
import { encodeCar, encodeCbor, toLexBytes } from '../../src/data/index.ts'
import type { CarBlock, LexValue } from '../../src/data/index.ts'
import { MemoryBlockStore, Mst } from '../../src/repo/index.ts'
import type { BlockSource, CommitEvent, CommitEventOp } from '../../src/repo/index.ts'
import { formatTid } from '../../src/syntax/index.ts'
import { cborBlock } from '../data/blocks.ts'

export const DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'

/** A time on 2026-01-01, at which all events are of the past. */
export const NOW: number = Date.UTC(2026, 0, 1)

/** A revision for each number, from an hour before {@link NOW} on. */
export function revOf(number: number): string {
  return formatTid({ timestamp: (NOW - 3_600_000) * 1000 + number, clockId: 0 })
}

/** A path and its record; undefined deletes it. */
export type Write = [path: string, record: { [key: string]: LexValue } | undefined]

/** A `#commit` event as it is made here. */
export type MadeEvent = CommitEvent & { blocks: Uint8Array; ops: CommitEventOp[]; repo: string }

/** The posts with some numbers, as writes. */
export function postWrites(count: number, from = 0): Write[] {
  return Array.from({ length: count }, (_, i) => [
    `app.bsky.feed.post/${revOf(1_000_000 + from + i)}`,
    { $type: 'app.bsky.feed.post', text: `Post ${from + i}`, createdAt: '2026-01-01T00:00:00Z' },
  ])
}

/** A repository with a key of its own. */
export class TestRepo {
  readonly keypair: Keypair
  readonly store: MemoryBlockStore = new MemoryBlockStore()
  tree: Mst = Mst.from([])
  commit: CarBlock = cborBlock(null)
  rev: string | null = null

  private constructor(keypair: Keypair) {
    this.keypair = keypair
  }

  static async create(writes: Write[] = []): Promise<TestRepo> {
    const repo = new TestRepo(await generateKeypair('k256'))
    await repo.write(writes)
    return repo
  }

  /** Makes some changes in one commit, and the event that tells of them. */
  async write(writes: Write[]): Promise<MadeEvent> {
    const before = this.tree
    const since = this.rev
    const records: CarBlock[] = []
    const ops = writes.map(([path, record]): CommitEventOp => {
      const old = before.get(path)
      const prev = old === undefined ? {} : { prev: { $link: old } }
      if (!record) return { action: 'delete', path, cid: null, ...prev }
      const block = cborBlock(record)
      records.push(block)
      this.store.put(block.cid, block.bytes)
      return {
        action: old === undefined ? 'create' : 'update',
        path,
        cid: { $link: block.cid },
        ...prev,
      }
    })
    const cids = new Map(records.map((block, i) => [i, block.cid]))
    let next = 0
    this.tree = before.update(writes.map(([path, record]) => [path, record && cids.get(next++)]))
    this.tree.save(this.store)
    this.rev = revOf(since === null ? 1 : this.#number + 1)
    this.commit = await this.sign({})
    const nodes = this.#proof(ops)
    return {
      repo: DID,
      rev: this.rev,
      since,
      commit: { $link: this.commit.cid },
      ...(since !== null && { prevData: { $link: before.root() } }),
      ops,
      blocks: encodeCar([this.commit.cid], [this.commit, ...nodes, ...records]),
    }
  }

  /** The block of a commit of the tree as it is, with some fields changed before it is signed. */
  async sign(fields: { [field: string]: LexValue }): Promise<CarBlock> {
    const unsigned = {
      did: DID,
      version: 3,
      rev: this.rev,
      data: { $link: this.tree.root() },
      prev: null,
      ...fields,
    }
    const sig = await this.keypair.sign(encodeCbor(unsigned))
    return cborBlock({ ...unsigned, sig: { ...toLexBytes(sig) } })
  }

  /** All blocks, in the order of the tree. */
  blocks(): CarBlock[] {
    const blocks = [this.commit]
    for (const { kind, cid, ...part } of this.tree.walk()) {
      const bytes = kind === 'node' && 'bytes' in part ? part.bytes : this.store.get(cid)
      blocks.push({ cid, bytes: bytes ?? new Uint8Array() })
    }
    return blocks
  }

  /** The repository as a CAR file. */
  car(): Uint8Array {
    return encodeCar([this.commit.cid], this.blocks())
  }

  get #number(): number {
    for (let number = 1; ; number++) if (revOf(number) === this.rev) return number
  }

  /** The nodes that it takes to undo the operations, which shows which of them those are. */
  #proof(ops: CommitEventOp[]): CarBlock[] {
    const nodes = new Map<string, Uint8Array>()
    const recorded: BlockSource = {
      get: (cid) => {
        const bytes = this.store.get(cid)
        if (bytes) nodes.set(cid, bytes)
        return bytes
      },
    }
    const tree = Mst.load(this.tree.root(), recorded)
    const back = ops
      .filter(({ prev }) => prev)
      .map(({ path, prev }) => [path, linkText(prev)] as const)
    const gone = ops.filter(({ prev }) => !prev).map(({ path }) => [path, undefined] as const)
    tree.update([...back, ...gone])
    return Array.from(nodes, ([cid, bytes]) => ({ cid, bytes }))
  }
}

function linkText(link: CommitEventOp['prev']): string | undefined {
  return (link as { $link: string } | undefined)?.$link
}
