import { expect, test } from 'vitest'
import { describeInterop } from '../../sdk/test/interop/interop-suite.ts'
import { CodegenError, generate } from '../src/index.ts'
import { compile, misformatted } from './tools.ts'

/** A case of the suite's lists. */
interface Case {
  name: string
  lexicon: unknown
}

describeInterop('lexicon', (suite) => {
  test('the catalog becomes code that compiles and is formatted', async () => {
    const catalog = suite
      .files('lexicon/catalog')
      .map((name) => suite.json(`lexicon/catalog/${name}`))
    // One of them refers to this document, of which only one definition matters here.
    const defs = { preferences: { type: 'array', items: { type: 'string' } } }
    const files = generate([...catalog, { lexicon: 1, id: 'app.bsky.actor.defs', defs }])
    expect(files.size).toBeGreaterThan(catalog.length)
    expect(await compile(files)).toEqual([])
    expect(await misformatted(files)).toEqual([])
  })

  test.each(suite.json('lexicon/lexicon-valid.json') as Case[])(
    'accepts: $name',
    async ({ lexicon }) => {
      expect(await compile(generate([lexicon]))).toEqual([])
    },
  )

  test.each(suite.json('lexicon/lexicon-invalid.json') as Case[])(
    'refuses: $name',
    ({ lexicon }) => {
      expect(() => generate([lexicon])).toThrow(CodegenError)
    },
  )
})
