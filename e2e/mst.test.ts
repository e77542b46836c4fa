// Trees of the SDK and of the reference implementation, changed in the same ways.
import { Mst } from 'atproto.ts/repo'
import { cidForCbor } from 'atproto.ts/data'
import { array, assert, asyncProperty, constantFrom, integer, option, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { ReferenceTree } from './reference-mst.ts'

const keys = tuple(
  constantFrom('app.bsky.feed.post', 'app.bsky.feed.like', 'com.example.x'),
  integer({ min: 0, max: 300 }),
).map(([collection, number]) => `${collection}/${number.toString(36)}`)

const changes = array(
  tuple(
    keys,
    option(
      integer({ min: 0, max: 3 }).map((value) => cidForCbor({ value })),
      { nil: undefined },
    ),
  ),
  { maxLength: 200 },
)

test('any sequence of changes gives the root that the reference implementation gets', async () => {
  await assert(
    asyncProperty(changes, changes, async (first, second) => {
      const reference = await ReferenceTree.create()
      let tree = Mst.from([])
      for (const part of [first, second]) {
        for (const [key, cid] of part) await reference.change(key, cid)
        tree = tree.update(part)
        expect(tree.root()).toBe(await reference.root())
      }
    }),
    { numRuns: 60 },
  )
})
