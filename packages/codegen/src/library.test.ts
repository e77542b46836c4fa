import { describe, expect, it } from 'vitest'
import { object, record } from '../test/documents.ts'
import { compile } from '../test/tools.ts'
import { generate } from './generate.ts'
import { readLibrary } from './library.ts'
import type { Options } from './options.ts'

const library = await readLibrary()

/** What is generated from documents, given as their definitions, beside those of the SDK. */
function generateBeside(
  documents: Record<string, object>,
  options: Partial<Options> = {},
): Map<string, string> {
  const inputs = Object.entries(documents).map(([id, defs]) => ({ lexicon: 1, id, defs }))
  return generate(inputs, { ...options, library })
}

const like = record(
  {
    subject: { type: 'ref', ref: 'com.atproto.repo.strongRef' },
    embed: { type: 'union', refs: ['app.bsky.embed.external', '#own'] },
  },
  ['subject'],
)

describe('documents of the SDK', () => {
  it.each(['.js', '.ts'] as const)('are referred to, and not generated (%s)', async (extension) => {
    const documents = { 'com.example.like': { main: like, own: object({}) } }
    const files = generateBeside(documents, { extension })
    expect([...files.keys()]).toContain('com.example.like.ts')
    expect([...files.keys()].filter((name) => /^(com\.atproto|app\.bsky)/.test(name))).toEqual([])
    const program = `
      import type { Equal, Expect } from './expect${extension}'
      import type { Main } from './com.example.like${extension}'
      import type * as StrongRef from 'atproto.ts/lexicons/com.atproto.repo.strongRef'
      export type Checks = [Expect<Equal<Main['subject'], StrongRef.Main>>]
    `
    expect(await compile(files, program)).toEqual([])
  })

  it('have to hold what is referred to', () => {
    const ref = { type: 'ref', ref: 'com.atproto.repo.strongRef#gone' }
    expect(() => generateBeside({ 'com.example.thing': { main: record({ ref }) } })).toThrow(
      'com.example.thing at defs.main.record.properties.ref.ref: expected a definition gone in com.atproto.repo.strongRef',
    )
  })

  it('are generated where they are given, without a second entry in the maps', async () => {
    const embeds = [...library.documents].filter((json) => {
      return (json as { id: string }).id.startsWith('app.bsky.embed')
    })
    const own = { lexicon: 1, id: 'app.bsky.feed.post', defs: { main: like, own: object({}) } }
    const main = object({ embed: { type: 'ref', ref: 'app.bsky.embed.external' } })
    const user = { lexicon: 1, id: 'com.example.user', defs: { main } }
    const files = generate([...embeds, own, user], { library })
    expect(files.get('com.example.user.ts')).toContain("from './app.bsky.embed.external.js'")
    expect([...files.keys()]).not.toContain('records.ts')
    expect(await compile(files)).toEqual([])
  })

  it('say which input a call cannot do without', async () => {
    const call = (ref: string): object => ({
      type: 'procedure',
      input: { encoding: 'application/json', schema: { type: 'ref', ref } },
    })
    const files = generateBeside({
      'com.example.doRequired': { main: call('com.atproto.repo.strongRef') },
      'com.example.doOptional': { main: call('app.bsky.feed.defs#viewerState') },
    })
    const facade = files.get('com.example.ts')
    expect(facade).toContain('input: ComExampleDoRequired.Input')
    expect(facade).toContain('input?: ComExampleDoOptional.Input')
  })
})
