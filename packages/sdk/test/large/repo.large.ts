// Repositories of hundreds of thousands of records: `npm run test:large`.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { encodeCar, writeCar } from '../../src/data/index.ts'
import type { CarBlock } from '../../src/data/index.ts'
import { Mst, readRepo } from '../../src/repo/index.ts'
import { cborBlock } from '../data/blocks.ts'
import { postKey } from '../repo/keys.ts'
import { DID, revOf } from '../repo/repository.ts'

const STREAM_LIMIT = 64 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** What is held on to. How much else lies about depends on the size of the heap. */
function memoryInUse(): number {
  // The memory of typed arrays goes one collection later than they do.
  collectGarbage()
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function recordBlock(number: number): CarBlock {
  const text = `Post ${number} ${'of a few words '.repeat(number % 12)}`
  return cborBlock({ $type: 'app.bsky.feed.post', text, createdAt: '2026-01-01T00:00:00.000Z' })
}

/** The blocks of a repository in the order of its tree, each made when it is asked for. */
function repoBlocks(count: number): { root: string; blocks: () => Generator<CarBlock, void> } {
  const numbers = Array.from({ length: count }, (_, number) => number)
  const tree = Mst.from(numbers.map((number) => [postKey(number), recordBlock(number).cid]))
  const data = { $link: tree.root() }
  const sig = { $bytes: 'A'.repeat(86) }
  const commit = cborBlock({ did: DID, version: 3, rev: revOf(1), data, prev: null, sig })
  const blocks = function* (): Generator<CarBlock, void> {
    yield commit
    for (const part of tree.walk()) {
      if (part.kind === 'node') yield part
      else yield recordBlock(Number(part.key.slice(-9)))
    }
  }
  return { root: commit.cid, blocks }
}

/** Only the file is held on to. */
function repoFile(count: number): Uint8Array {
  const { root, blocks } = repoBlocks(count)
  return encodeCar([root], [...blocks()])
}

test('100,000 records are read in less than three times the size of the file', async () => {
  const file = repoFile(100_000)
  const before = memoryInUse()
  let most = 0
  let count = 0
  const { records } = await readRepo(file)
  for (const { record } of records) {
    expect(record['$type']).toBe('app.bsky.feed.post')
    if (++count % 10_000 === 0) most = Math.max(most, memoryInUse() - before)
  }
  expect(count).toBe(100_000)
  console.log(
    `${((most + file.length) / file.length).toFixed(2)} times the file in use, with itself`,
  )
  expect(most + file.length).toBeLessThan(3 * file.length)
})

test('500,000 records stream through less than 64 MB in the order of the tree', async () => {
  const { root, blocks } = repoBlocks(500_000)
  const before = memoryInUse()
  let most = 0
  let count = 0
  const { records } = await readRepo(writeCar([root], blocks()))
  for await (const { bytes } of records) {
    expect(bytes.length).toBeGreaterThan(0)
    if (++count % 10_000 === 0) most = Math.max(most, memoryInUse() - before)
  }
  expect(count).toBe(500_000)
  console.log(`at most ${(most / 1e6).toFixed(1)} MB more in use than before`)
  expect(most).toBeLessThan(STREAM_LIMIT)
})
