// The same CAR files as bytes and as streams: both readers give the same blocks and the same errors.

import { expect, expectTypeOf, test } from 'vitest'
import { cborBlock, collect, inChunks, rawBlock, someBlocks } from '../../test/data/blocks.ts'
import { fromHex } from '../../test/data/hex.ts'
import { describePlatforms } from '../../test/platforms.ts'
import { encodeCar } from './car-write.ts'
import type { CarBlock } from './car-section.ts'
import type { CarReadOptions } from './car-options.ts'
import { encodeCbor } from './cbor-encode.ts'
import { encodeCid, parseCid } from './cid.ts'
import { DataError } from './data-error.ts'
import type { DataErrorCode } from './data-error.ts'

interface Outcome {
  roots?: string[]
  blocks: CarBlock[]
  code?: DataErrorCode
  offset?: number | undefined
}

const root = cborBlock({ root: true })
const other = rawBlock(Uint8Array.of(1, 2, 3))
const CAR = encodeCar([root.cid], [root, other])
const HEADER_SIZE = 1 + CAR[0]!

/** A file of a header and sections as they are, with their lengths before them. */
function carOf(header: Uint8Array, ...sections: Uint8Array[]): Uint8Array {
  return Buffer.concat([header, ...sections].flatMap((part) => [Uint8Array.of(part.length), part]))
}

const NO_ROOTS = encodeCbor({ roots: [], version: 1 })
const cidBytes = (cid: string): Uint8Array => encodeCid(parseCid(cid))
const withHash = (hex: string): Uint8Array => carOf(NO_ROOTS, fromHex(hex))

const REFUSALS: [title: string, file: Uint8Array, code: DataErrorCode, offset: number][] = [
  ['no bytes', new Uint8Array(), 'truncated', 0],
  ['a header that is not CBOR', fromHex('01 ff'), 'car-header', 0],
  ['an empty header', fromHex('00'), 'car-header', 0],
  ['a header that is null', carOf(encodeCbor(null)), 'car-header', 0],
  ['no version', carOf(encodeCbor({ roots: [] })), 'car-header', 0],
  ['version 2', carOf(encodeCbor({ version: 2 })), 'car-header', 0],
  ['no roots', carOf(encodeCbor({ version: 1 })), 'car-header', 0],
  ['roots that are no list', carOf(encodeCbor({ roots: 1, version: 1 })), 'car-header', 0],
  ['a third key', carOf(encodeCbor({ a: 1, roots: [], version: 1 })), 'car-header', 0],
  [
    'a root of another kind',
    carOf(encodeCbor({ roots: [{ $link: root.cid }], version: 1 }).fill(0x70, 14, 15)),
    'car-header',
    0,
  ],
  ['a root that is no link', carOf(encodeCbor({ roots: [null], version: 1 })), 'car-header', 0],
  ['a root as text', carOf(encodeCbor({ roots: [root.cid], version: 1 })), 'car-header', 0],
  ['a header length of ten bytes', new Uint8Array(20).fill(0xff), 'car-varint', 0],
  ['a header length in a longer form', fromHex('8100'), 'car-varint', 0],
  ['a header that is too large', fromHex('818004'), 'header-too-large', 0],
  [
    'a block length of ten bytes',
    Buffer.concat([carOf(NO_ROOTS), Buffer.alloc(12, 0xff)]),
    'car-varint',
    18,
  ],
  [
    'a block that is too large',
    Buffer.concat([carOf(NO_ROOTS), fromHex('ffffffff7f')]),
    'block-too-large',
    18,
  ],
  ['an empty section', carOf(NO_ROOTS, new Uint8Array()), 'invalid-cid', 19],
  [
    'a section that is shorter than a CID',
    carOf(NO_ROOTS, cidBytes(root.cid).subarray(1)),
    'invalid-cid',
    19,
  ],
  ['a CID that is cut', carOf(NO_ROOTS, cidBytes(root.cid).subarray(0, 35)), 'invalid-cid', 19],
  ['an identity CID', withHash('01550001 61'), 'unsupported-cid', 19],
  ['a CID of version 0', withHash(`1220 ${'00'.repeat(32)} 0a`), 'unsupported-cid', 19],
  ['a CID of another codec', withHash(`01701220 ${'00'.repeat(32)} 0a`), 'unsupported-cid', 19],
  ['a CID of another hash', withHash(`01551620 ${'00'.repeat(32)} 0a`), 'unsupported-cid', 19],
  [
    'a block with another hash',
    carOf(NO_ROOTS, Buffer.concat([cidBytes(root.cid), Buffer.of(1)])),
    'hash-mismatch',
    19,
  ],
  ['a root without a block', encodeCar([root.cid], [other]), 'root-missing', HEADER_SIZE + 40],
  ['a second root without a block', encodeCar([root.cid, other.cid], [root]), 'root-missing', 144],
]

describePlatforms(
  () => import('./car.ts'),
  (module) => {
    const readBytes = (file: Uint8Array, options?: CarReadOptions): Outcome => {
      const outcome: Outcome = { blocks: [] }
      try {
        const { roots, blocks } = module().readCar(file, options)
        outcome.roots = roots
        for (const block of blocks) outcome.blocks.push(block)
      } catch (error) {
        if (!(error instanceof DataError)) throw error
        Object.assign(outcome, { code: error.code, offset: error.offset })
      }
      return outcome
    }

    const readStream = async (
      source: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
      options?: CarReadOptions,
    ): Promise<Outcome> => {
      const outcome: Outcome = { blocks: [] }
      try {
        const { roots, blocks } = await module().readCar(source, options)
        outcome.roots = roots
        for await (const block of blocks) outcome.blocks.push(block)
      } catch (error) {
        if (!(error instanceof DataError)) throw error
        Object.assign(outcome, { code: error.code, offset: error.offset })
      }
      return outcome
    }

    /** What all ways of reading the file agree on. */
    const read = async (file: Uint8Array, options?: CarReadOptions): Promise<Outcome> => {
      const outcome = readBytes(file, options)
      for (const size of [1, 7, 1000]) {
        expect(await readStream(inChunks(file, size), options)).toEqual(outcome)
      }
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          if (file.length > 0) controller.enqueue(file)
          controller.close()
        },
      })
      expect(await readStream(stream, options)).toEqual(outcome)
      return outcome
    }

    test('reads roots and blocks', async () => {
      expect(await read(CAR)).toEqual({ roots: [root.cid], blocks: [root, other] })
    })

    test('reads blocks of every size, in any order, and more than once', async () => {
      const blocks = [other, ...someBlocks(300), other, root]
      const outcome = await read(encodeCar([root.cid], blocks))
      expect(outcome).toEqual({ roots: [root.cid], blocks })
    })

    test('reads as many roots as there are', async () => {
      for (const count of [1, 2, 23, 24, 255, 256, 300]) {
        const roots = Array<string>(count).fill(other.cid)
        expect(await read(encodeCar(roots, [other]))).toEqual({ roots, blocks: [other] })
      }
    })

    test('reads a file without roots, and one without blocks', async () => {
      expect(await read(encodeCar([], [other]))).toEqual({ roots: [], blocks: [other] })
      expect(await read(encodeCar([], []))).toEqual({ roots: [], blocks: [] })
    })

    test.each(REFUSALS)('refuses %s', async (_title, file, code, offset) => {
      expect(await read(file)).toMatchObject({ code, offset })
    })

    test('refuses every truncation, unless it ends between two blocks', async () => {
      const ends = new Map([
        [HEADER_SIZE, 'root-missing'],
        [CAR.length - 40, undefined],
      ])
      for (let length = 0; length < CAR.length; length++) {
        const { code } = await read(CAR.subarray(0, length), { verify: true })
        expect(code, `cut at ${length}`).toBe(ends.has(length) ? ends.get(length) : 'truncated')
      }
    })

    test('mutated files give blocks or a DataError', async () => {
      let seed = 7
      const chance = (limit: number): number => {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
        return (seed >>> 8) % limit
      }
      for (let run = 0; run < 2000; run++) {
        const file = CAR.slice()
        file[chance(file.length)] = chance(256)
        const whole = readBytes(file)
        expect(await readStream(inChunks(file, 1 + chance(60)))).toEqual(whole)
      }
    })

    test('without verification takes blocks as they are, and roots without them', async () => {
      const file = encodeCar([root.cid], [{ cid: other.cid, bytes: Uint8Array.of(9) }])
      expect(await read(file, { verify: false })).toEqual({
        roots: [root.cid],
        blocks: [{ cid: other.cid, bytes: Uint8Array.of(9) }],
      })
    })

    test('holds to the limits that it is given', async () => {
      const block = rawBlock(new Uint8Array(100))
      const file = encodeCar([], [block])
      expect((await read(file, { maxBlockBytes: 100 })).blocks).toEqual([block])
      expect((await read(file, { maxBlockBytes: 99 })).code).toBe('block-too-large')
      expect((await read(file, { maxHeaderBytes: 17 })).blocks).toEqual([block])
      expect((await read(file, { maxHeaderBytes: 16 })).code).toBe('header-too-large')
    })

    test('of bytes, the blocks can be read again, and are views', () => {
      const { blocks } = module().readCar(CAR)
      expect([...blocks]).toEqual([...blocks])
      for (const { bytes } of blocks) expect(bytes.buffer).toBe(CAR.buffer)
      expectTypeOf(blocks).toEqualTypeOf<Iterable<CarBlock>>()
    })

    test('of a stream, ending early or failing cancels the source', async () => {
      const cancelled: string[] = []
      const open = (name: string, file: Uint8Array): ReadableStream<Uint8Array> =>
        new ReadableStream({
          pull: (controller) => controller.enqueue(file),
          cancel: () => void cancelled.push(name),
        })
      const { blocks } = await module().readCar(open('early', CAR))
      for await (const block of blocks) {
        expect(block).toEqual(root)
        break
      }
      await expect(module().readCar(open('header', fromHex('8100')))).rejects.toThrow(DataError)
      const bad = await module().readCar(open('block', CAR.subarray(0, -1)))
      await expect(collect(bad.blocks)).rejects.toThrow(DataError)
      expect(cancelled).toEqual(['early', 'header', 'block'])
    })

    test('an error of the source comes through', async () => {
      const broken = new Error('the connection is gone')
      async function* source(): AsyncGenerator<Uint8Array> {
        yield CAR.subarray(0, HEADER_SIZE + 5)
        throw broken
      }
      const { blocks } = await module().readCar(source())
      await expect(collect(blocks)).rejects.toBe(broken)
    })
  },
)
