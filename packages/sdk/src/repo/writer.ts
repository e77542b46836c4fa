// Writes repositories: records in, signed commits and their events out.

import type { ByteStream } from '../base/index.ts'
import type { Signer } from '../crypto/index.ts'
import { writeCar } from '../data/index.ts'
import type { CarBlock, LexValue } from '../data/index.ts'
import { nextTid, nextTidAfter, parseDid } from '../syntax/index.ts'
import type { CidString } from '../syntax/index.ts'
import { MemoryBlockStore } from './block-store.ts'
import type { BlockStore } from './block-store.ts'
import { decodeCommit } from './commit.ts'
import type { RepoCommit } from './commit.ts'
import type { RepoOp } from './diff-repos.ts'
import { Mst } from './mst.ts'
import { readRepo } from './read-repo.ts'
import type { ReadRepoOptions } from './read-repo-options.ts'
import { RepoError } from './repo-error.ts'
import { decodeRecord } from './repo-record.ts'
import { commitBlock, signCommit } from './writer-commit.ts'
import type { SignedCommit } from './writer-commit.ts'
import { formatCommitEvent, formatSyncEvent } from './writer-event.ts'
import type { WrittenCommitEvent, WrittenSyncEvent } from './writer-event.ts'
import { planWrites } from './writer-ops.ts'
import type { RepoWrite } from './writer-ops.ts'
import { proofNodes } from './writer-proof.ts'

/** Who signs, and where blocks are kept. */
export interface RepoWriterOptions {
  /** The account's key: that which its DID document names. */
  keypair: Signer
  /** Default: in memory. What earlier states had stays in it. */
  store?: BlockStore | undefined
}

/** What some writes did. */
export interface RepoUpdate {
  /** For the stream of the server, and for `verifyCommitEvent`. */
  event: WrittenCommitEvent
  commit: RepoCommit
  /** In the order of the writes. */
  ops: RepoOp[]
}

/**
 * Writes a repository. It holds one state, that of its last commit; a write that fails leaves it as
 * it was. Only one writer may write a repository at a time.
 *
 * @example
 * ```ts
 * const keypair = await generateKeypair('k256')
 * const repo = await RepoWriter.create({ did: 'did:web:alice.example', keypair })
 * const { event } = await repo.applyWrites([
 *   { action: 'create', collection: 'com.example.note', record: { text: 'hello' } },
 * ])
 * await writeFile('alice.car', repo.exportCar())
 * ```
 */
export class RepoWriter {
  readonly #signer: Signer
  readonly #store: BlockStore
  #head: SignedCommit
  #tree: Mst
  // Writes that were asked for before, each of which goes on from the one before it.
  #writing: Promise<unknown> = Promise.resolve()

  private constructor(signer: Signer, store: BlockStore, head: SignedCommit, tree: Mst) {
    this.#signer = signer
    this.#store = store
    this.#head = head
    this.#tree = tree
  }

  /**
   * Makes a new repository, with a first commit and no records.
   *
   * @throws {FormatError} where the DID is not valid.
   */
  static async create(options: RepoWriterOptions & { did: string }): Promise<RepoWriter> {
    const { keypair, store = new MemoryBlockStore() } = options
    const did = parseDid(options.did)
    const tree = Mst.from([])
    const head = await signCommit({ did, rev: nextTid(), data: tree.root() }, keypair)
    tree.save(store)
    store.put(head.block.cid, head.block.bytes)
    return new RepoWriter(keypair, store, head, tree)
  }

  /**
   * Goes on with a repository that is in a store.
   *
   * @param options With the CID of its last commit, as of {@link RepoWriter.commit}.
   * @throws {RepoError} `missing-block`, `invalid-commit`
   */
  static open(options: RepoWriterOptions & { store: BlockStore; commit: CidString }): RepoWriter {
    const { keypair, store, commit: cid } = options
    const bytes = store.get(cid)
    if (!bytes) {
      throw new RepoError(`The commit ${cid} is not in the store`, { code: 'missing-block', cid })
    }
    const commit = decodeCommit(cid, bytes)
    const head = { commit, block: { cid, bytes } }
    return new RepoWriter(keypair, store, head, Mst.load(commit.data, store))
  }

  /**
   * Takes up a repository from a CAR file, as an account's new server does: everything is checked as
   * by `readRepo`. Where the key is another than it was, an empty list of writes signs the state anew.
   *
   * @throws {RepoError} as `readRepo`, and `invalid-commit` where the commit has fields that the
   * protocol does not know.
   */
  static async import(
    source: Uint8Array | ByteStream,
    options: RepoWriterOptions & Omit<ReadRepoOptions, 'collections'>,
  ): Promise<RepoWriter> {
    const { keypair, store = new MemoryBlockStore(), ...readOptions } = options
    const { commit, records } = await readRepo(source as ByteStream, readOptions)
    const entries: [path: string, cid: CidString][] = []
    for await (const { path, cid, bytes } of records) {
      store.put(cid, bytes)
      entries.push([path, cid])
    }
    Mst.from(entries).save(store)
    const block = commitBlock(commit)
    if (block.cid !== commit.cid) {
      throw new RepoError('The commit has fields that the protocol does not know', {
        code: 'invalid-commit',
        cid: commit.cid,
      })
    }
    store.put(block.cid, block.bytes)
    return RepoWriter.open({ keypair, store, commit: commit.cid })
  }

  /** The last commit. */
  get commit(): RepoCommit {
    return this.#head.commit
  }

  /** The tree of the last commit. */
  get tree(): Mst {
    return this.#tree
  }

  /**
   * The record in a place, or undefined where there is none.
   *
   * @throws {RepoError} `missing-block` where the store has lost it.
   */
  getRecord(collection: string, rkey: string): { [key: string]: LexValue } | undefined {
    const path = `${collection}/${rkey}`
    const cid = this.#tree.get(path)
    return cid === undefined ? undefined : decodeRecord(this.#blockOf(cid, path).bytes, path)
  }

  /**
   * Applies writes to different records in one commit, all of them or none. Calls that come while one
   * is under way wait for it. Without any write the state is signed anew.
   *
   * @throws {RepoError} `record-exists` (a create), `record-not-found` (an update, a deletion),
   * `duplicate-op` (two writes of one record), `invalid-path`, `invalid-record` (not of the data
   * model, or another `$type`), `record-too-large` (over a million bytes), `too-many-ops` (over 200),
   * `blocks-too-large` (over two million bytes in all), `missing-block`.
   */
  applyWrites(writes: readonly RepoWrite[]): Promise<RepoUpdate> {
    const update = this.#writing.then(() => this.#commit(writes))
    this.#writing = update.catch(() => undefined)
    return update
  }

  /** The `#sync` event of the last commit, by which a server tells of a new or imported repository. */
  syncEvent(): WrittenSyncEvent {
    return formatSyncEvent(this.#head)
  }

  /**
   * The whole repository as a CAR file, in chunks: first the commit, then the tree and the records in
   * the order in which a reader of the stream needs them. It is of the commit that is the last when
   * this is called; writes may go on meanwhile.
   *
   * @throws {RepoError} from the iteration: `missing-block` where the store has lost one.
   */
  exportCar(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    const { block } = this.#head
    return writeCar([block.cid], this.#blocks(block, this.#tree))
  }

  async #commit(writes: readonly RepoWrite[]): Promise<RepoUpdate> {
    const before = this.#head.commit
    const { ops, tree, records } = planWrites(writes, this.#tree)
    const made = new Map<CidString, Uint8Array>()
    tree.save({ put: (cid, bytes) => void made.set(cid, bytes) })
    for (const { cid, bytes } of records) made.set(cid, bytes)
    const context = proofNodes(tree, ops, made, this.#store)
    const rev = nextTidAfter(before.rev)
    const head = await signCommit({ did: before.did, rev, data: tree.root() }, this.#signer)
    const event = formatCommitEvent(head, before, ops, [...made, ...context])
    for (const [cid, bytes] of made) this.#store.put(cid, bytes)
    this.#store.put(head.block.cid, head.block.bytes)
    this.#head = head
    this.#tree = tree
    return { event, commit: head.commit, ops }
  }

  *#blocks(head: CarBlock, tree: Mst): Generator<CarBlock, void, undefined> {
    yield head
    for (const part of tree.walk()) {
      yield part.kind === 'node' ? part : this.#blockOf(part.cid, part.key)
    }
  }

  #blockOf(cid: CidString, path: string): CarBlock {
    const bytes = this.#store.get(cid)
    if (bytes) return { cid, bytes }
    throw new RepoError(`The record ${path} is not in the store`, {
      code: 'missing-block',
      cid,
      path,
    })
  }
}
