// What must hold for any value, and for any bytes.

import { deepStrictEqual } from 'node:assert'
import { assert, property, sample, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { dataErrorOf } from '../../test/data/thrown.ts'
import { lexValues } from '../../test/data/values.ts'
import { describePlatforms } from '../../test/platforms.ts'
import { equalBytes } from '../base/index.ts'
import { DataError } from './data-error.ts'

describePlatforms(
  async () => ({ ...(await import('./cbor-decode.ts')), ...(await import('./cbor-encode.ts')) }),
  (module) => {
    /** Whether bytes are the encoding of their value, or were refused as they should be. */
    const isSound = (bytes: Uint8Array): boolean => {
      let value: unknown
      try {
        value = module().decodeCbor(bytes)
      } catch (error) {
        if (error instanceof DataError && error.offset !== undefined) return true
        throw error
      }
      return equalBytes(module().encodeCbor(value), bytes)
    }

    test('decodes what it encoded, in plain and in raw form', () => {
      const { decodeCbor, encodeCbor } = module()
      assert(
        property(lexValues(), (value) => {
          const bytes = encodeCbor(value)
          deepStrictEqual(decodeCbor(bytes), value)
          expect(encodeCbor(decodeCbor(bytes, { raw: true }), { raw: true })).toEqual(bytes)
        }),
        { numRuns: 500 },
      )
    })

    test('refuses every truncation of what it encoded', () => {
      const { decodeCbor, encodeCbor } = module()
      for (const value of sample(lexValues(), { numRuns: 60, seed: 1 })) {
        const bytes = encodeCbor(value).subarray(0, 3000)
        for (let length = 0; length < bytes.length; length++) {
          expect(dataErrorOf(() => decodeCbor(bytes.subarray(0, length))).code).toBe('truncated')
        }
      }
    })

    test('of bytes there is one encoding: those that it decodes, it encodes alike', () => {
      assert(
        property(uint8Array({ maxLength: 12 }), (bytes) => {
          expect(isSound(bytes)).toBe(true)
        }),
        { numRuns: 40_000 },
      )
    })

    test('mutated bytes give a value with that one encoding, or a DataError', () => {
      const { encodeCbor } = module()
      const originals = sample(lexValues(), { numRuns: 200, seed: 2 }).map((value) =>
        encodeCbor(value),
      )
      let seed = 3
      const chance = (limit: number): number => {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
        return (seed >>> 8) % limit
      }
      for (let run = 0; run < 60_000; run++) {
        const bytes = originals[run % originals.length]!.slice(0, 2000)
        for (let i = chance(3); i >= 0; i--) bytes[chance(bytes.length)] = chance(256)
        expect(isSound(bytes), `run ${run}`).toBe(true)
      }
    })
  },
)
