import { expect, test } from 'vitest'
import { cborBlock, rawBlock } from '../../test/data/blocks.ts'
import { DID, NOW, postWrites, revOf, TestRepo } from '../../test/repo/repository.ts'
import { repoErrorOfAsync } from '../../test/repo/thrown.ts'
import { encodeCar } from '../data/index.ts'
import type { SyncEvent } from './repo-event.ts'
import { verifySyncEvent } from './verify-sync-event.ts'
import type { VerifyEventOptions } from './verify-commit-event.ts'

const repo = await TestRepo.create(postWrites(3))
const options = { now: NOW, signingKey: repo.keypair.did }
const event: SyncEvent = {
  did: DID,
  rev: repo.rev ?? '',
  blocks: encodeCar([repo.commit.cid], [repo.commit]),
}

const codeOf = async (from: object, more: VerifyEventOptions = {}): Promise<string> =>
  (await repoErrorOfAsync(() => verifySyncEvent({ ...event, ...from }, { ...options, ...more })))
    .code

test('gives the commit, which is signed by the account', async () => {
  expect(await verifySyncEvent(event, options)).toMatchObject({
    commit: { cid: repo.commit.cid, did: DID, rev: event.rev, data: repo.tree.root() },
    signature: 'verified',
  })
  expect((await verifySyncEvent(event, { now: NOW })).signature).toBe('no-signing-key')
})

test('refuses the commit of another account, revision, key or time', async () => {
  const other = await TestRepo.create()
  expect(await codeOf({ did: 'did:web:a.example' })).toBe('event-mismatch')
  expect(await codeOf({ rev: revOf(99) })).toBe('event-mismatch')
  expect(await codeOf({}, { signingKey: other.keypair.did })).toBe('invalid-signature')
  expect(await codeOf({}, { now: NOW - 2 * 3_600_000 })).toBe('future-rev')
})

test('refuses blocks that have no commit, are changed, or are too many', async () => {
  expect(await codeOf({ blocks: encodeCar([repo.commit.cid], []) })).toBe('missing-block')
  expect(await codeOf({ blocks: encodeCar([], []) })).toBe('invalid-car')
  const text = cborBlock('text')
  expect(await codeOf({ blocks: encodeCar([text.cid], [text]) })).toBe('invalid-commit')
  const bytes = event.blocks as Uint8Array
  expect(await codeOf({ blocks: bytes.with(bytes.length - 1, 0) })).toBe('hash-mismatch')
  const filler = rawBlock(new Uint8Array(10_000))
  const blocks = encodeCar([repo.commit.cid], [repo.commit, filler])
  expect(await codeOf({ blocks })).toBe('blocks-too-large')
})
