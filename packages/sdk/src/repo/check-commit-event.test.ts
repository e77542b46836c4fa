import { expect, test } from 'vitest'
import { DID, NOW, postWrites, TestRepo } from '../../test/repo/repository.ts'
import { repoErrorOf } from '../../test/repo/thrown.ts'
import { checkCommitEvent } from './check-commit-event.ts'
import { verifyCommit } from './commit-signature.ts'

const repo = await TestRepo.create(postWrites(100))
const before = repo.tree.root()
const writes = postWrites(1, 1_000)
const event = await repo.write(writes)

test('the content of an event is checked at once', () => {
  const checked = checkCommitEvent(event, { now: NOW, prevData: before })
  expect(checked).toMatchObject({
    commit: { cid: repo.commit.cid, did: DID, rev: event.rev },
    block: repo.commit.bytes,
    inversion: 'verified',
    prevData: 'verified',
  })
  expect(checked.records.map(({ path, record }) => [path, record])).toEqual(writes)
  expect(repoErrorOf(() => checkCommitEvent({ ...event, ops: [] }, { now: NOW })).code).toBe(
    'inversion-mismatch',
  )
})

test('what was checked shows afterwards who signed it', async () => {
  const checked = checkCommitEvent(event, { now: NOW })
  const { did } = repo.keypair
  expect(await verifyCommit(checked, { did: DID, signingKey: did })).toBe('verified')
  expect(await verifyCommit(checked)).toBe('no-signing-key')
  const stranger = await TestRepo.create()
  await expect(verifyCommit(checked, { signingKey: stranger.keypair.did })).rejects.toMatchObject({
    code: 'invalid-signature',
  })
})
