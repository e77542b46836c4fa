import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { describePlatforms } from '../../test/platforms.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describePlatforms(
  () => import('./sha256.ts'),
  (module) => {
    test('hashes as FIPS 180-4 shows', () => {
      const { sha256 } = module()
      expect(hex(sha256(new Uint8Array()))).toBe(
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      )
      expect(hex(sha256(new TextEncoder().encode('abc')))).toBe(
        'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      )
    })

    test('hashes every length around the size of a block, and a view into a larger buffer', () => {
      const { sha256 } = module()
      const bytes = Uint8Array.from({ length: 300 }, (_, i) => i * 7)
      for (let length = 0; length < 200; length++) {
        const view = bytes.subarray(13, 13 + length)
        expect(hex(sha256(view))).toBe(createHash('sha256').update(view).digest('hex'))
      }
    })

    test('writes a digest into other bytes, and nothing beside it', () => {
      const { sha256, writeSha256 } = module()
      const into = new Uint8Array(40).fill(7)
      writeSha256(Uint8Array.of(1, 2, 3), into, 5)
      expect(into).toEqual(Uint8Array.of(7, 7, 7, 7, 7, ...sha256(Uint8Array.of(1, 2, 3)), 7, 7, 7))
    })

    test('knows whether bytes have a digest', () => {
      const { hasSha256, sha256 } = module()
      const bytes = Uint8Array.of(1, 2, 3)
      const around = Uint8Array.of(9, 9, ...sha256(bytes), 9)
      expect(hasSha256(bytes, around, 2)).toBe(true)
      expect(hasSha256(Uint8Array.of(1, 2), around, 2)).toBe(false)
      for (let i = 0; i < 32; i++) {
        const changed = around.slice()
        changed[2 + i]! ^= 1
        expect(hasSha256(bytes, changed, 2)).toBe(false)
      }
    })

    test('counts the zero bits that the digest of a text begins with', () => {
      const { sha256, sha256ZeroBits } = module()
      for (let i = 0; i < 2_000; i++) {
        const text = i % 2 === 0 ? `text ${i}` : `Täxt ☂ ${i}`
        const bits = Array.from(sha256(new TextEncoder().encode(text)), (byte) =>
          byte.toString(2).padStart(8, '0'),
        )
        expect(sha256ZeroBits(text)).toBe(bits.join('').indexOf('1'))
      }
      expect(sha256ZeroBits('text 671160')).toBe(21)
    })

    test('gives a digest of its own each time', () => {
      const { sha256 } = module()
      const first = sha256(Uint8Array.of(1))
      const copy = hex(first)
      sha256(Uint8Array.of(2))
      expect(hex(first)).toBe(copy)
      expect(first.buffer.byteLength).toBe(32)
    })
  },
)

test('without the one-shot function of newer runtimes, the hash object gives the same', async () => {
  const { hashWithObject, sha256 } = await import('./sha256.node.ts')
  const bytes = Uint8Array.of(1, 2, 3)
  expect(Buffer.from(hashWithObject(bytes), 'binary')).toEqual(Buffer.from(sha256(bytes)))
})
