import { describe, expect, it } from 'vitest'
import { generate } from '../src/index.ts'
import { compile, misformatted } from './tools.ts'

// By its URL, because the package's declarations do not compile under this house's flags.
const { schemas }: { schemas: { id: string }[] } = await import(import.meta.resolve('@atproto/api'))

describe('the official documents', () => {
  const files = generate(schemas, { mergeInto: undefined })

  it('become a module each, and a facade for each authority with methods', () => {
    expect(schemas.length).toBeGreaterThan(300)
    const names = [...files.keys()].filter((name) => name.split('.').length > 3)
    expect(names.toSorted()).toEqual(schemas.map(({ id }) => `${id}.ts`).toSorted())
    const others = [...files.keys()].filter((name) => name.split('.').length <= 3)
    expect(others).toEqual([
      'app.bsky.ts',
      'chat.bsky.ts',
      'com.atproto.ts',
      'tools.ozone.ts',
      'records.ts',
      'errors.ts',
      'record-schemas.ts',
    ])
  })

  it('compile, all of them together, in the way a program would have them', async () => {
    expect(await compile(files)).toEqual([])
  })

  it('come out as the formatter would write them', async () => {
    expect(await misformatted(files)).toEqual([])
  })
})
