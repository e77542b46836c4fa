import { expect, test } from 'vitest'
import { cidForCbor, decodeCbor, encodeCbor, isLexValue } from '../../src/data/index.ts'
import { dataErrorOf } from '../data/thrown.ts'
import { describeInterop } from './interop-suite.ts'

interface Fixture {
  json: unknown
  cbor_base64: string
  cid: string
}

interface Case {
  note: string
  json: unknown
}

// A record is an object. What is one is a matter of the data model, not of what stands around it.
function isRecord(value: unknown): boolean {
  return isLexValue(value) && typeof value === 'object' && value !== null && !Array.isArray(value)
}

describeInterop('data-model', (suite) => {
  const fixtures = suite.json('data-model/data-model-fixtures.json') as Fixture[]
  const valid = suite.json('data-model/data-model-valid.json') as Case[]
  const invalid = suite.json('data-model/data-model-invalid.json') as Case[]

  test.each(fixtures)('encodes, decodes and names the value of $cid', (fixture) => {
    const bytes = new Uint8Array(Buffer.from(fixture.cbor_base64, 'base64'))
    expect(encodeCbor(fixture.json)).toEqual(bytes)
    expect(decodeCbor(bytes)).toEqual(fixture.json)
    expect(cidForCbor(fixture.json)).toBe(fixture.cid)
  })

  test.each(fixtures)('refuses every truncation of the value of $cid', (fixture) => {
    const bytes = new Uint8Array(Buffer.from(fixture.cbor_base64, 'base64'))
    for (let length = 0; length < bytes.length; length++) {
      expect(dataErrorOf(() => decodeCbor(bytes.subarray(0, length))).code).toBe('truncated')
    }
  })

  test.each(valid)('accepts: $note', ({ json }) => {
    expect(isRecord(json)).toBe(true)
    expect(decodeCbor(encodeCbor(json))).toEqual(json)
  })

  test.each(invalid)('refuses: $note', ({ json }) => {
    expect(isRecord(json)).toBe(false)
  })
})
