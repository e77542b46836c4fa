import { expect, test } from 'vitest'
import { rawBlock, someBlocks } from '../../test/data/blocks.ts'
import { dataErrorOf } from '../../test/data/thrown.ts'
import { indexCar } from './car-bytes.ts'
import { encodeCar } from './car-write.ts'

test('an index finds every block in the bytes', () => {
  const blocks = someBlocks(50)
  const around = Buffer.concat([Buffer.alloc(11), encodeCar([blocks[3]!.cid], blocks)])
  const file = around.subarray(11)
  const { roots, entries } = indexCar(file)
  expect(roots).toEqual([blocks[3]!.cid])
  expect([...entries.keys()]).toEqual(blocks.map(({ cid }) => cid))
  for (const { cid, bytes } of blocks) {
    const { offset, length } = entries.get(cid)!
    expect(new Uint8Array(file.subarray(offset, offset + length))).toEqual(bytes)
  }
})

test('an index is only made of blocks that have their hash', () => {
  const block = rawBlock(Uint8Array.of(1))
  const file = encodeCar([], [{ ...block, bytes: Uint8Array.of(2) }])
  expect(dataErrorOf(() => indexCar(file)).code).toBe('hash-mismatch')
  expect(indexCar(file, { verify: false }).entries.size).toBe(1)
})
