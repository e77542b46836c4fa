import { expect, test } from 'vitest'
import { postWrites, TestRepo } from '../../test/repo/repository.ts'
import { repoErrorOf } from '../../test/repo/thrown.ts'
import { readCar } from '../data/index.ts'
import { diffRepos } from './diff-repos.ts'
import { Mst } from './mst.ts'

const writes = postWrites(100)
const repo = await TestRepo.create(writes)
const before = { car: repo.car(), tree: repo.tree }
const [created = ['', {}]] = postWrites(1, 500)
const event = await repo.write([
  [writes[10]?.[0] ?? '', undefined],
  [writes[20]?.[0] ?? '', { text: 'changed' }],
  created,
])
const collection = 'app.bsky.feed.post'

test('gives the operations that lead from one CAR file to the other, with what was before', () => {
  const ops = event.ops.map(({ action, path, cid, prev }) => ({
    action,
    path,
    collection,
    rkey: path.slice(collection.length + 1),
    cid: (cid as { $link: string } | null)?.$link ?? null,
    prev: (prev as { $link: string } | undefined)?.$link ?? null,
  }))
  expect(diffRepos(before.car, repo.car())).toEqual(ops)
  expect(diffRepos(before.tree, repo.tree)).toEqual(ops)
  expect(diffRepos(before.car, repo.tree)).toEqual(ops)
})

test('everything was created since there was nothing', () => {
  const ops = diffRepos(Mst.from([]), before.car)
  expect(ops.map(({ action, path }) => [action, path])).toEqual(
    writes.map(([path]) => ['create', path]),
  )
  expect(diffRepos(before.car, before.car)).toEqual([])
})

test('the later state may lack the blocks that both have', () => {
  const paths = diffRepos(before.car, event.blocks).map(({ path }) => path)
  expect(paths).toEqual(event.ops.map(({ path }) => path))
  expect([...readCar(event.blocks).blocks].length).toBeLessThan(writes.length / 2)
})

test('refuses a file that is changed', () => {
  const changed = before.car.with(before.car.length - 1, 0)
  expect(repoErrorOf(() => diffRepos(before.car, changed)).code).toBe('hash-mismatch')
})
