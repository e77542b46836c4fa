// What differs between two trees. Subtrees with the same link are the same, and are not read.

import { equalLinks } from './link.ts'
import type { Link } from './link.ts'
import type { MstCursor } from './mst-cursor.ts'
import { linkOf } from './mst-node-encode.ts'
import { Subtree } from './mst-node.ts'

/** A key whose value differs; it is undefined in the tree that does not have the key. */
export interface KeyChange {
  key: string
  before: Link | undefined
  after: Link | undefined
}

/** Walks through two trees side by side, up to their ends. Gives the changes in the order of keys. */
export function* diffTrees(
  before: MstCursor,
  after: MstCursor,
): Generator<KeyChange, void, undefined> {
  for (;;) {
    const a = before.current
    const b = after.current
    if (a instanceof Subtree && b instanceof Subtree) {
      if (a.height > b.height) before.enter()
      else if (a.height < b.height) after.enter()
      else if (equalLinks(linkOf(a), linkOf(b))) {
        before.skip()
        after.skip()
      } else {
        before.enter()
        after.enter()
      }
    } else if (a instanceof Subtree) before.enter()
    else if (b instanceof Subtree) after.enter()
    else if (a && (!b || a.key < b.key)) {
      yield { key: a.key, before: a.value, after: undefined }
      before.skip()
    } else if (b && (!a || b.key < a.key)) {
      yield { key: b.key, before: undefined, after: b.value }
      after.skip()
    } else if (a && b) {
      if (!equalLinks(a.value, b.value)) yield { key: a.key, before: a.value, after: b.value }
      before.skip()
      after.skip()
    } else return
  }
}
