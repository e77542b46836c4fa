import { describe, expect, it } from 'vitest'
import { lexicon, Publishers } from '../../test/publishers.ts'
import { resolveClosure } from './lexicon-closure.ts'
import type { PublishedLexicon } from './lexicon-resolver.ts'

const nobodyKnows = (): boolean => false

describe('resolveClosure', () => {
  it('follows references, whosever lexicons they lead to, and asks for each once', async () => {
    await using world = await Publishers.open()
    await world.publish(['com.example'], {
      'com.example.a': lexicon('com.example.a', 'com.example.b', 'org.other.c#main', '#main'),
      'com.example.b': lexicon('com.example.b', 'org.other.c', 'com.example.a'),
      'com.example.unrelated': lexicon('com.example.unrelated'),
    })
    await world.publish(['org.other', 'org.other.deep'], {
      'org.other.c': lexicon('org.other.c', 'org.other.deep.d'),
      'org.other.deep.d': lexicon('org.other.deep.d'),
    })
    const found = await resolveClosure(['com.example.a'], world.resolver(), nobodyKnows)
    const ids = ['com.example.a', 'com.example.b', 'org.other.c', 'org.other.deep.d']
    expect(found.map(({ nsid }) => nsid)).toEqual(ids)
    expect(world.calls('com.atproto.sync.getRecord')).toBe(4)
  })

  it('does not follow what is known, but resolves what is wanted', async () => {
    await using world = await Publishers.open()
    await world.publish(['com.example'], {
      'com.example.a': lexicon('com.example.a', 'com.example.b', 'com.atproto.repo.strongRef'),
    })
    const found = await resolveClosure(['com.example.a'], world.resolver(), () => true)
    expect(found.map(({ nsid }) => nsid)).toEqual(['com.example.a'])
  })

  it('fails where one of them is missing', async () => {
    await using world = await Publishers.open()
    await world.publish(['com.example'], {
      'com.example.a': lexicon('com.example.a', 'com.example.gone'),
    })
    await expect(
      resolveClosure(['com.example.a'], world.resolver(), nobodyKnows),
    ).rejects.toMatchObject({ code: 'not-published', asked: 'com.example.gone' })
  })

  it('names the record that breaks the lexicon language, and the place in it', async () => {
    await using world = await Publishers.open()
    const record = { ...lexicon('com.example.a'), defs: { main: { type: 'float' } } }
    await world.publish(['com.example'], { 'com.example.a': record })
    await expect(
      resolveClosure(['com.example.a'], world.resolver(), nobodyKnows),
    ).rejects.toMatchObject({ document: 'com.example.a', path: 'defs.main.type' })
  })

  it.each(['../../../etc/passwd', 'com/example', 'constructor', '127.0.0.1:80/a.b.c'])(
    'refuses a reference to %s, and asks nobody for it',
    async (ref) => {
      await using world = await Publishers.open()
      await world.publish(['com.example'], { 'com.example.a': lexicon('com.example.a', ref) })
      await expect(
        resolveClosure(['com.example.a'], world.resolver(), nobodyKnows),
      ).rejects.toMatchObject({
        document: 'com.example.a',
        path: 'defs.main.properties.to0.ref',
      })
      expect(world.names).toEqual(['_lexicon.example.com'])
    },
  )

  it('gives up on references without an end', async () => {
    let resolved = 0
    const endless = {
      resolve: async (nsid: string): Promise<PublishedLexicon> => {
        const next = [2 * resolved + 1, 2 * resolved + 2].map((n) => `com.example.n${n}`)
        resolved++
        return { nsid, uri: `at://${nsid}`, cid: 'b', document: lexicon(nsid, ...next) }
      },
    }
    await expect(resolveClosure(['com.example.n0'], endless, nobodyKnows)).rejects.toMatchObject({
      code: 'too-many',
    })
    expect(resolved).toBeLessThanOrEqual(1_000)
  })
})
