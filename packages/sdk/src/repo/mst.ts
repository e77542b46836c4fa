// The tree of a repository (https://atproto.com/specs/repository#mst-structure), from keys to CIDs.

import type { CidString } from '../syntax/index.ts'
import type { BlockSource, BlockStore } from './block-store.ts'
import { formatLink, parseLink } from './link.ts'
import { MstBuilder } from './mst-build.ts'
import { MstCursor } from './mst-cursor.ts'
import { diffTrees } from './mst-diff.ts'
import { MstEditor } from './mst-edit.ts'
import type { Addition } from './mst-edit.ts'
import { assertMstKey, mstKeyHeight } from './mst-key.ts'
import { checkedBlocks, findBlock, findKey, loadTop, NO_BLOCKS } from './mst-load.ts'
import type { Blocks } from './mst-load.ts'
import { EMPTY_NODE, encodeNode, linkOf, linkOfTop } from './mst-node-encode.ts'
import { Subtree } from './mst-node.ts'
import { RepoError } from './repo-error.ts'

/** A key of the tree, `collection/rkey`, and the CID of its record. */
export type MstEntry = [key: string, cid: CidString]

/** Which keys of a tree are listed: those that agree with all that is given. */
export interface MstRange {
  /** What the keys begin with, such as `app.bsky.feed.post/`. */
  prefix?: string | undefined
  /** The first key, or where it would be. */
  from?: string | undefined
  /** The key to stop before. */
  to?: string | undefined
}

/** A key whose value differs between two trees. */
export interface MstChange {
  key: string
  /** Undefined where the key was added. */
  before: CidString | undefined
  /** Undefined where the key was removed. */
  after: CidString | undefined
}

/** A part of a tree: the block of a node, or an entry. */
export type MstPart =
  | { kind: 'node'; cid: CidString; bytes: Uint8Array }
  | { kind: 'entry'; key: string; cid: CidString }

/**
 * A tree that never changes: `set` and `delete` give another one, which shares with it all but the
 * nodes on the way to the key. Nodes are read from the store when they are needed, and hashed when
 * the root is asked for, so that many changes in a row cost little.
 *
 * The same entries always make the same tree, whatever happened to it before.
 *
 * Everything that reads nodes throws {@link RepoError}: `missing-block`, `hash-mismatch`, and for
 * nodes that are not what the specification says `malformed-node`, `node-too-large`, `node-height`,
 * `empty-node`, `key-order`, `duplicate-key`, `key-prefix`, `key-height`, `invalid-key`.
 *
 * @example
 * ```ts
 * const before = Mst.from([['app.bsky.feed.post/3jzfcijpj2z2a', cid]])
 * const after = before.set('app.bsky.feed.post/3jzfcijpj2z2b', cid)
 * after.root() !== before.root()
 * ```
 */
export class Mst implements Iterable<MstEntry> {
  readonly #top: Subtree | undefined
  readonly #blocks: Blocks
  readonly #editor: MstEditor

  private constructor(
    top: Subtree | undefined,
    blocks: Blocks,
    editor: MstEditor = new MstEditor(blocks),
  ) {
    this.#top = top
    this.#blocks = blocks
    this.#editor = editor
  }

  /**
   * The tree of some entries, in any order. It is built in one pass: much faster than adding them one
   * by one.
   *
   * @throws {RepoError} `invalid-key`, `invalid-cid`, `duplicate-key`
   */
  static from(entries: Iterable<readonly [key: string, cid: CidString]>): Mst {
    const additions = Array.from(entries, ([key, cid]) => addition(key, cid))
    if (additions.some(({ key }, i) => i > 0 && key <= additions[i - 1]!.key)) {
      additions.sort((a, b) => (a.key < b.key ? -1 : 1))
    }
    const builder = new MstBuilder()
    let before = ''
    for (const next of additions) {
      if (next.key === before) {
        throw new RepoError('Two entries have the same key', {
          code: 'duplicate-key',
          path: before,
        })
      }
      builder.add(next)
      before = next.key
    }
    return new Mst(builder.finish(), NO_BLOCKS)
  }

  /**
   * The tree with a root. Of its blocks only that of the root is read now, all others when they are
   * needed. What the store gives is compared with its CID.
   *
   * @throws {RepoError} `invalid-cid`, `missing-block`
   */
  static load(root: CidString, store: BlockSource): Mst {
    const blocks = checkedBlocks(store)
    return new Mst(loadTop(parseLink(root), blocks), blocks)
  }

  /** The CID of a key's record; undefined where the tree does not have the key. */
  get(key: string): CidString | undefined {
    const found = findKey(this.#top, key, this.#blocks)
    return found && formatLink(found.value)
  }

  /**
   * The tree with a key, whose value is replaced where the tree has it.
   *
   * @throws {RepoError} `invalid-key`, `invalid-cid`
   */
  set(key: string, cid: CidString): Mst {
    return this.#with(this.#editor.set(this.#top, addition(key, cid)))
  }

  /**
   * The tree without a key; the same tree, where it does not have it.
   *
   * @throws {RepoError} `invalid-key`
   */
  delete(key: string): Mst {
    return this.#with(this.#without(this.#top, key))
  }

  /** The tree after many changes, made one after the other: a CID sets a key, undefined deletes it. */
  update(changes: Iterable<readonly [key: string, cid: CidString | undefined]>): Mst {
    let top = this.#top
    for (const [key, cid] of changes) {
      if (cid === undefined) top = this.#without(top, key)
      else top = this.#editor.set(top, addition(key, cid))
    }
    return this.#with(top)
  }

  /** The CID of the root, which is the `data` of a commit. An empty tree has one, too. */
  root(): CidString {
    return formatLink(linkOfTop(this.#top))
  }

  /** The entries in the order of their keys, all or those in a range. */
  *list({ prefix = '', from = prefix, to }: MstRange = {}): Generator<MstEntry, void, undefined> {
    const first = from > prefix ? from : prefix
    const cursor = new MstCursor(this.#top, this.#blocks)
    for (let part = cursor.current; part; part = cursor.current) {
      if (part instanceof Subtree) {
        cursor.enter(first)
        continue
      }
      const { key, value } = part
      if ((to !== undefined && key >= to) || !key.startsWith(prefix)) return
      yield [key, formatLink(value)]
      cursor.skip()
    }
  }

  [Symbol.iterator](): Generator<MstEntry, void, undefined> {
    return this.list()
  }

  /** What is different in another tree, in the order of the keys. Only differing nodes are read. */
  *diff(after: Mst): Generator<MstChange, void, undefined> {
    const changes = diffTrees(
      new MstCursor(this.#top, this.#blocks),
      new MstCursor(after.#top, after.#blocks),
    )
    for (const { key, before, after: now } of changes) {
      yield { key, before: before && formatLink(before), after: now && formatLink(now) }
    }
  }

  /**
   * All nodes and entries, each node before what is in it: the order in which the CAR file of a
   * repository is best written, as whoever reads it then needs to keep nothing.
   */
  *walk(): Generator<MstPart, void, undefined> {
    if (!this.#top) {
      yield { kind: 'node', cid: this.root(), bytes: encodeNode(EMPTY_NODE) }
      return
    }
    linkOf(this.#top)
    const cursor = new MstCursor(this.#top, this.#blocks)
    for (let part = cursor.current; part; part = cursor.current) {
      if (part instanceof Subtree) {
        yield { kind: 'node', cid: formatLink(linkOf(part)), bytes: this.#blockOf(part) }
        cursor.enter()
      } else {
        yield { kind: 'entry', key: part.key, cid: formatLink(part.value) }
        cursor.skip()
      }
    }
  }

  /** Puts the nodes that were made since the last time into a store. */
  save(store: Pick<BlockStore, 'put'>): void {
    if (this.#top) saveTree(this.#top, store)
    else store.put(this.root(), encodeNode(EMPTY_NODE))
  }

  #without(top: Subtree | undefined, key: string): Subtree | undefined {
    assertMstKey(key)
    return this.#editor.delete(top, key, mstKeyHeight(key))
  }

  #with(top: Subtree | undefined): Mst {
    return top === this.#top ? this : new Mst(top, this.#blocks, this.#editor)
  }

  #blockOf(tree: Subtree): Uint8Array {
    return tree.node ? encodeNode(tree.node) : findBlock(linkOf(tree), this.#blocks)
  }
}

function addition(key: string, cid: CidString): Addition {
  assertMstKey(key)
  return { key, height: mstKeyHeight(key), value: parseLink(cid) }
}

/** What is below something saved was saved, too. */
function saveTree(tree: Subtree, store: Pick<BlockStore, 'put'>): void {
  if (tree.isSaved) return
  store.put(formatLink(linkOf(tree)), encodeNode(tree.node!))
  tree.isSaved = true
  for (const child of tree.node!.trees) {
    if (child) saveTree(child, store)
  }
}
