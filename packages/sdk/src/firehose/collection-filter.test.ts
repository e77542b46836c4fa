import { describe, expect, test } from 'vitest'
import { commitFrame, frameOf, messageFrame } from '../../test/firehose/frames.ts'
import { DID, postWrites, TestRepo } from '../../test/repo/repository.ts'
import { CollectionFilter } from './collection-filter.ts'

const repo = await TestRepo.create(postWrites(10))
const like = { $type: 'app.bsky.feed.like' }
const made = await repo.write([
  ['app.bsky.feed.like/3jui7kd54zh2y', like],
  ...postWrites(2, 20),
  ['com.example.thing/self', { $type: 'com.example.thing' }],
])
const frame = commitFrame(made, { seq: 42 })

describe('a filter', () => {
  test.each<[string[], boolean]>([
    [['app.bsky.feed.like'], true],
    [['com.example.thing'], true],
    [['app.bsky.graph.*', 'app.bsky.feed.*'], true],
    [['app.bsky.*'], true],
    [['*'], true],
    [[], false],
    [['app.bsky.feed'], false],
    [['app.bsky.feed.lik'], false],
    [['app.bsky.feed.like.more'], false],
    [['app.bsky.feed.like/3jui7kd54zh2y'], false],
    [['app.bsky.graph.*', 'com.example.things', 'app.bsky.feed.repost'], false],
  ])('of %j wants a commit on likes, posts and things: %s', (patterns, isWanted) => {
    const filter = new CollectionFilter(patterns)
    expect(filter.skip(frame)).toBe(isWanted ? undefined : 42)
    const collections = ['app.bsky.feed.like', 'app.bsky.feed.post', 'com.example.thing']
    expect(collections.some((collection) => filter.has(collection))).toBe(isWanted)
  })

  test('skips a commit without operations', async () => {
    const quiet = commitFrame(await repo.write([]), { seq: 43 })
    expect(new CollectionFilter(['*']).skip(quiet)).toBe(43)
  })

  test('skips no other message, and none that is an error', () => {
    const filter = new CollectionFilter([])
    expect(filter.skip(messageFrame('#identity', {}))).toBeUndefined()
    expect(filter.skip(messageFrame('#sync', {}))).toBeUndefined()
    expect(filter.skip(frameOf({ op: -1 }, { error: 'FutureCursor' }))).toBeUndefined()
    expect(filter.skip(new Uint8Array())).toBeUndefined()
  })

  test('skips no commit in which the operations or the place cannot be read', () => {
    const filter = new CollectionFilter([])
    for (const fields of [{ seq: undefined }, { seq: 'x' }, { ops: undefined }, { ops: [{}] }]) {
      expect(filter.skip(commitFrame(made, fields))).toBeUndefined()
    }
    for (let length = 0; length < frame.length; length++) {
      const beforeSeq = length < made.ops.length * 36
      expect([undefined, beforeSeq ? undefined : 42]).toContain(
        filter.skip(frame.subarray(0, length)),
      )
    }
  })

  test('finds the place where fields that nobody knows come before', () => {
    const later = commitFrame(made, { seq: 44, a: DID, zz: [1, { b: [] }], seq1: 3 })
    expect(new CollectionFilter([]).skip(later)).toBe(44)
  })
})
