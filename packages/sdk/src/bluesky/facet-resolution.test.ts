import { expect, test } from 'vitest'
import type { Did, Handle } from '../syntax/index.ts'
import { detectRichText, resolveFacets, detectFacets } from './index.ts'

const did = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'

/** Knows alice.test alone, and counts the questions. */
class Resolver {
  readonly asked: Handle[] = []

  async resolveHandle(handle: Handle): Promise<Did> {
    this.asked.push(handle)
    if (handle.toLowerCase() !== 'alice.test') throw new Error('nobody')
    return did
  }
}

test('a mention gets the DID of its handle; a handle that nobody has stays plain text', async () => {
  const unresolved: unknown[] = []
  const { facets } = await detectRichText('@alice.test @bob.test #tag', new Resolver(), {
    onUnresolved: (handle, error) => unresolved.push(handle, String(error)),
  })
  expect(facets).toEqual([
    {
      index: { byteStart: 0, byteEnd: 11 },
      features: [{ $type: 'app.bsky.richtext.facet#mention', did }],
    },
    {
      index: { byteStart: 22, byteEnd: 26 },
      features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'tag' }],
    },
  ])
  expect(unresolved).toEqual(['bob.test', 'Error: nobody'])
})

test('each handle is asked for once, in whichever case', async () => {
  const resolver = new Resolver()
  const text = '@alice.test @Alice.test @alice.test'
  expect(await resolveFacets(text, detectFacets(text), resolver)).toHaveLength(3)
  expect(resolver.asked).toEqual(['alice.test'])
})

test('of facets that overlap, the first is kept', async () => {
  const { facets } = await detectRichText('https://a.com/(@alice.test)', new Resolver())
  expect(facets.map(({ features }) => features[0]?.$type)).toEqual(['app.bsky.richtext.facet#link'])
})
