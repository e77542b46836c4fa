import { expect, test } from 'vitest'
import { collect, rawBlock, someBlocks } from '../../test/data/blocks.ts'
import { toHex } from '../../test/data/hex.ts'
import { dataErrorOf } from '../../test/data/thrown.ts'
import { encodeCar, writeCar } from './car-write.ts'
import { DataError } from './data-error.ts'

test('writes the header and the blocks as the specification says', () => {
  const block = rawBlock(Uint8Array.of(0x61))
  const cid = '01551220ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'
  expect(toHex(encodeCar([block.cid], [block]))).toBe(
    // { roots: [link], version: 1 }
    `3aa265726f6f747381d82a582500${cid}6776657273696f6e01` +
      // 37 bytes: the CID, then "a"
      `25${cid}61`,
  )
})

test('writes the same in chunks, from blocks that are there and from blocks to come', async () => {
  const blocks = [...someBlocks(2000), rawBlock(new Uint8Array(200_000)), ...someBlocks(3)]
  const file = encodeCar([blocks[0]!.cid], blocks)
  const chunks = await collect(writeCar([blocks[0]!.cid], blocks))
  expect(Buffer.concat(chunks).equals(file)).toBe(true)
  expect(chunks.length).toBeGreaterThan(5)
  async function* toCome(): AsyncGenerator<(typeof blocks)[number], void> {
    yield* blocks
  }
  const later = await collect(writeCar([blocks[0]!.cid], toCome()))
  expect(Buffer.concat(later).equals(file)).toBe(true)
})

test('a block may change once it was taken', async () => {
  const shared = new Uint8Array(1)
  function* blocks(): Generator<{ cid: string; bytes: Uint8Array }, void> {
    for (const byte of [1, 2]) {
      shared[0] = byte
      yield { cid: rawBlock(shared).cid, bytes: shared }
    }
  }
  const expected = encodeCar([], [rawBlock(Uint8Array.of(1)), rawBlock(Uint8Array.of(2))])
  expect(Buffer.concat(await collect(writeCar([], blocks()))).equals(expected)).toBe(true)
})

test('writes a file without roots and without blocks', async () => {
  const chunks = await collect(writeCar([], []))
  expect(chunks.map(toHex)).toEqual(['11a265726f6f7473806776657273696f6e01'])
})

test('refuses what is no CID', async () => {
  const bytes = Uint8Array.of(1)
  expect(dataErrorOf(() => encodeCar(['.'], [])).code).toBe('invalid-cid')
  expect(dataErrorOf(() => encodeCar([], [{ cid: 'bafkqaaa', bytes }])).code).toBe(
    'unsupported-cid',
  )
  await expect(collect(writeCar([], [{ cid: '.', bytes }]))).rejects.toThrow(DataError)
})
