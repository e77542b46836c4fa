import { describe, expect, it } from 'vitest'
import { parseLexicon } from 'atproto.ts/lexicon'
import { resolveLexicon } from 'atproto.ts/publication'
import type { PublishedLexicon } from 'atproto.ts/publication'
import { lexicon, Publishers } from '../../../sdk/test/publication/publishers.ts'
import { resolveClosure } from './lexicon-closure.ts'

const nobodyKnows = (): boolean => false

function resolver(world: Publishers): (nsid: string) => Promise<PublishedLexicon> {
  const identity = world.identity()
  return async (nsid) => resolveLexicon(nsid, { identity })
}

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
    const found = await resolveClosure(['com.example.a'], resolver(world), nobodyKnows)
    const ids = ['com.example.a', 'com.example.b', 'org.other.c', 'org.other.deep.d']
    expect(found.map(({ nsid }) => nsid)).toEqual(ids)
    expect(world.calls('com.atproto.sync.getRecord')).toBe(4)
  })

  it('does not follow what is known, but resolves what is wanted', async () => {
    await using world = await Publishers.open()
    await world.publish(['com.example'], {
      'com.example.a': lexicon('com.example.a', 'com.example.b', 'com.atproto.repo.strongRef'),
    })
    const found = await resolveClosure(['com.example.a'], resolver(world), () => true)
    expect(found.map(({ nsid }) => nsid)).toEqual(['com.example.a'])
  })

  it('fails where one of them is missing', async () => {
    await using world = await Publishers.open()
    await world.publish(['com.example'], {
      'com.example.a': lexicon('com.example.a', 'com.example.gone'),
    })
    await expect(
      resolveClosure(['com.example.a'], resolver(world), nobodyKnows),
    ).rejects.toMatchObject({ code: 'not-published', asked: 'com.example.gone' })
  })

  it.each(['../../../etc/passwd', 'com/example', 'constructor', '127.0.0.1:80/a.b.c'])(
    'refuses a reference to %s, and asks nobody for it',
    async (ref) => {
      await using world = await Publishers.open()
      await world.publish(['com.example'], { 'com.example.a': lexicon('com.example.a', ref) })
      await expect(
        resolveClosure(['com.example.a'], resolver(world), nobodyKnows),
      ).rejects.toMatchObject({
        code: 'invalid-lexicon',
        asked: 'com.example.a',
      })
      expect(world.names).toEqual(['_lexicon.example.com'])
    },
  )

  it('gives up on references without an end', async () => {
    let resolved = 0
    const endless = async (asked: string): Promise<PublishedLexicon> => {
      const next = [2 * resolved + 1, 2 * resolved + 2].map((n) => `com.example.n${n}`)
      resolved++
      const document = parseLexicon(lexicon(asked, ...next))
      const nsid = document.id
      return { nsid, uri: `at://did:plc:a/com.atproto.lexicon.schema/${nsid}`, cid: 'b', document }
    }
    await expect(resolveClosure(['com.example.n0'], endless, nobodyKnows)).rejects.toMatchObject({
      code: 'too-many',
    })
    expect(resolved).toBeLessThanOrEqual(1_000)
  })
})
