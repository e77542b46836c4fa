// A CAR file that is larger than memory, made as it is read: `npm run test:large`.

import { expect, test } from 'vitest'
import { encodeCar, readCar } from '../../src/data/index.ts'
import { rawBlock, someBlocks } from '../data/blocks.ts'

const GIGABYTE = 1e9
const FILE_BYTES = 5 * GIGABYTE
const CHUNK_BYTES = 64 * 1024
const HEAP_LIMIT = 64 * 1024 * 1024

const page = [...someBlocks(20_000), rawBlock(new Uint8Array(1024 * 1024).fill(7))]
const empty = encodeCar([], [])
const sections = encodeCar([], page).subarray(empty.length)

/** The header, and then the same blocks over and over, in chunks of memory of their own. */
async function* endlessCar(): AsyncGenerator<Uint8Array, void> {
  yield empty
  for (let made = 0; made < FILE_BYTES; made += sections.length) {
    for (let at = 0; at < sections.length; at += CHUNK_BYTES) {
      yield sections.slice(at, at + CHUNK_BYTES)
    }
  }
}

function memoryInUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

test('5 GB of blocks stream through less than 64 MB, every hash checked', async () => {
  const before = memoryInUse()
  let most = 0
  let count = 0
  let bytesRead = 0
  const { blocks } = await readCar(endlessCar())
  for await (const { bytes } of blocks) {
    bytesRead += bytes.length
    if (++count % 1000 === 0) most = Math.max(most, memoryInUse() - before)
  }
  const pages = Math.ceil(FILE_BYTES / sections.length)
  expect(count).toBe(pages * page.length)
  expect(bytesRead).toBe(pages * page.reduce((sum, { bytes }) => sum + bytes.length, 0))
  console.log(`${count} blocks, at most ${(most / 1e6).toFixed(1)} MB more in use than before`)
  expect(most).toBeLessThan(HEAP_LIMIT)
})
