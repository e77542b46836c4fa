import { expect, test } from 'vitest'
import { DID, postWrites, TestRepo } from '../../test/repo/repository.ts'
import { repoErrorOfAsync } from '../../test/repo/thrown.ts'
import { encodeCar } from '../data/index.ts'
import type { CarBlock } from '../data/index.ts'
import { MemoryBlockStore } from './block-store.ts'
import { Mst } from './mst.ts'
import { verifyRecordProof } from './record-proof.ts'
import type { RecordProof } from './record-proof.ts'

const writes = postWrites(300)
const repo = await TestRepo.create(writes)
const collection = 'app.bsky.feed.post'
const [path = '', post] = writes[123] ?? []
const rkey = path.slice(collection.length + 1)

/** The blocks on the way to a record. */
function proofOf(key: string): CarBlock[] {
  const blocks = new MemoryBlockStore()
  const seen: CarBlock[] = [repo.commit]
  const recorded = {
    get: (cid: string): Uint8Array | undefined => {
      const bytes = repo.store.get(cid)
      if (bytes && !blocks.get(cid)) seen.push({ cid, bytes })
      if (bytes) blocks.put(cid, bytes)
      return bytes
    },
  }
  const cid = Mst.load(repo.tree.root(), recorded).get(key)
  if (cid) recorded.get(cid)
  return seen
}

async function verify(blocks: CarBlock[], more: object = {}): Promise<RecordProof> {
  const place = { did: DID, collection, rkey, signingKey: repo.keypair.did }
  return verifyRecordProof(encodeCar([repo.commit.cid], blocks), { ...place, ...more })
}

test('shows a record', async () => {
  expect(await verify(proofOf(path))).toMatchObject({
    uri: `at://${DID}/${path}`,
    cid: repo.tree.get(path),
    record: post,
    commit: { cid: repo.commit.cid },
    signature: 'verified',
  })
})

test('shows that there is no record', async () => {
  const absent = `${path}x`
  const proof = await verify(proofOf(absent), { rkey: `${rkey}x` })
  expect(proof).toMatchObject({ uri: `at://${DID}/${absent}`, cid: null, record: null })
})

test('without a key it says that nobody has signed it', async () => {
  const proof = await verify(proofOf(path), { signingKey: undefined })
  expect(proof.signature).toBe('no-signing-key')
})

test('proves nothing with any of its blocks missing', async () => {
  const blocks = proofOf(path)
  expect(blocks.length).toBeGreaterThan(3)
  for (let i = 0; i < blocks.length; i++) {
    const error = await repoErrorOfAsync(() => verify(blocks.toSpliced(i, 1)))
    expect(error).toMatchObject({ code: 'missing-block', cid: blocks[i]?.cid })
  }
})

test('is refused for another account or key, and for what is no place of a record', async () => {
  const blocks = proofOf(path)
  const other = await TestRepo.create()
  const codeOf = async (more: object): Promise<string> =>
    (await repoErrorOfAsync(() => verify(blocks, more))).code
  expect(await codeOf({ did: 'did:web:a.example' })).toBe('did-mismatch')
  expect(await codeOf({ signingKey: other.keypair.did })).toBe('invalid-signature')
  expect(await codeOf({ collection: 'post' })).toBe('invalid-path')
  expect(await codeOf({ rkey: '' })).toBe('invalid-path')
})
