import { expect, test } from 'vitest'
import { LexiconError, Lexicons, parseLexicon } from '../../src/lexicon/index.ts'
import { describeInterop } from './interop-suite.ts'

interface DocumentCase {
  name: string
  lexicon: unknown
}

interface RecordCase {
  name: string
  data: unknown
}

describeInterop('lexicon', (suite) => {
  const catalog = suite.files('lexicon/catalog').map((name) => ({
    name,
    lexicon: suite.json(`lexicon/catalog/${name}`),
  }))
  const valid = suite.json('lexicon/lexicon-valid.json') as DocumentCase[]
  const invalid = suite.json('lexicon/lexicon-invalid.json') as DocumentCase[]
  const lexicons = new Lexicons(catalog.map(({ lexicon }) => lexicon))
  const record = lexicons.record('example.lexicon.record')
  const validRecords = suite.json('lexicon/record-data-valid.json') as RecordCase[]
  const invalidRecords = suite.json('lexicon/record-data-invalid.json') as RecordCase[]

  test.each([...catalog, ...valid])('accepts the document: $name', ({ lexicon }) => {
    expect(parseLexicon(lexicon)).toBe(lexicon)
  })

  test.each(invalid)('refuses the document: $name', ({ lexicon }) => {
    expect(() => parseLexicon(lexicon)).toThrow(LexiconError)
  })

  test.each(validRecords)('accepts the record: $name', ({ data }) => {
    expect(record.safeParse(data)).toEqual({ success: true, value: data })
  })

  test.each(invalidRecords)('refuses the record: $name ($data)', ({ data }) => {
    expect(record.is(data)).toBe(false)
  })

  // Each of these lacks the required field `integer` as well, which would hide the fault it is about.
  test.each(invalidRecords.filter(({ name }) => name.startsWith('unknown wrong type')))(
    'refuses the record for that reason alone: $name',
    ({ data }) => {
      expect(record.safeParse({ ...(data as object), integer: 1 }).issues).toMatchObject([
        { path: ['unknown'] },
      ])
    },
  )
})
