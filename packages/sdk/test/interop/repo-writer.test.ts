import { expect, test } from 'vitest'
import { diffRepos, MemoryBlockStore, Mst } from '../../src/repo/index.ts'
import { proofNodes } from '../../src/repo/writer-proof.ts'
import { describeInterop } from './interop-suite.ts'

interface Fixture {
  comment: string
  leafValue: string
  keys: string[]
  adds: string[]
  dels: string[]
  blocksInProof: string[]
}

describeInterop('firehose', (suite) => {
  const fixtures = suite.json('firehose/commit-proof-fixtures.json') as Fixture[]

  test.each(fixtures)('a writer proves with the same blocks: $comment', (fixture) => {
    const { leafValue, keys, adds, dels, blocksInProof } = fixture
    const before = Mst.from(keys.map((key) => [key, leafValue]))
    const store = new MemoryBlockStore()
    before.save(store)
    const after = before.update([
      ...adds.map((key): [string, string] => [key, leafValue]),
      ...dels.map((key): [string, undefined] => [key, undefined]),
    ])
    const made = new Map<string, Uint8Array>()
    after.save({ put: (cid, bytes) => void made.set(cid, bytes) })
    const context = proofNodes(after, diffRepos(before, after), made, store)
    expect([...made.keys(), ...context.keys()].toSorted()).toEqual(blocksInProof.toSorted())
  })
})
