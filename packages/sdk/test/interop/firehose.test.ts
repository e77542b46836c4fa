import { expect, test } from 'vitest'
import { MemoryBlockStore, Mst } from '../../src/repo/index.ts'
import { describeInterop } from './interop-suite.ts'

interface Fixture {
  comment: string
  leafValue: string
  keys: string[]
  adds: string[]
  dels: string[]
  rootBeforeCommit: string
  rootAfterCommit: string
  blocksInProof: string[]
}

describeInterop('firehose', (suite) => {
  const fixtures = suite.json('firehose/commit-proof-fixtures.json') as Fixture[]

  test.each(fixtures)('commit: $comment', (fixture) => {
    const { leafValue, keys, adds, dels } = fixture
    const before = Mst.from(keys.map((key) => [key, leafValue]))
    const after = before.update([
      ...adds.map((key): [string, string] => [key, leafValue]),
      ...dels.map((key): [string, undefined] => [key, undefined]),
    ])
    expect(before.root()).toBe(fixture.rootBeforeCommit)
    expect(after.root()).toBe(fixture.rootAfterCommit)
  })

  test.each(fixtures)('inverted with the blocks of the proof alone: $comment', (fixture) => {
    const { leafValue, keys, adds, dels } = fixture
    const whole = new MemoryBlockStore()
    Mst.from(keys.map((key) => [key, leafValue]))
      .update([
        ...adds.map((key): [string, string] => [key, leafValue]),
        ...dels.map((key): [string, undefined] => [key, undefined]),
      ])
      .save(whole)
    const proof = new MemoryBlockStore()
    for (const cid of fixture.blocksInProof) {
      const bytes = whole.get(cid)
      if (bytes) proof.put(cid, bytes)
    }
    const inverted = Mst.load(fixture.rootAfterCommit, proof).update([
      ...dels.map((key): [string, string] => [key, leafValue]),
      ...adds.map((key): [string, undefined] => [key, undefined]),
    ])
    expect(inverted.root()).toBe(fixture.rootBeforeCommit)
  })
})
