import { describe, expect, it } from 'vitest'
import { json } from '../../test/loopback.ts'
import { Publishers } from '../../test/publication/publishers.ts'
import { listLexicons } from './index.ts'
import type { PublicationErrorCode } from './index.ts'

const LIST = 'com.atproto.repo.listRecords'

async function list(world: Publishers, group = 'com.example'): Promise<string[]> {
  return listLexicons(group, { identity: world.identity(), timeout: 5_000 })
}

describe('the list of a group', () => {
  it('has what the authority lists of it, page by page, and nothing else', async () => {
    await using world = await Publishers.open()
    const account = await world.publish(['com.example'], {})
    const ids = Array.from({ length: 250 }, (_, i) => `com.example.thing${100 + i}`)
    account.listed = [
      'com.example.deep.thing',
      ...ids,
      'org.other.thing',
      '__proto__',
      'com.example.../..',
    ]
    expect(await list(world)).toEqual(ids)
    expect(world.calls(LIST)).toBe(3)
  })

  it('is refused where it is empty, has no end, or cannot be had', async () => {
    await using world = await Publishers.open()
    const account = await world.publish(['com.example'], {})
    const refused = async (code: PublicationErrorCode): Promise<void> => {
      await expect(list(world)).rejects.toMatchObject({
        code,
        asked: 'com.example.*',
      })
    }
    await refused('not-published')
    account.listed = Array.from({ length: 1_001 }, (_, i) => `com.example.thing${i}`)
    await refused('too-many')
    let page = 0
    world.answers.set(LIST, (_, response) =>
      json(response, 200, { records: [], cursor: `${page++}` }),
    )
    await refused('too-many')
    world.answers.set(LIST, (_, response) => json(response, 400, { error: 'InvalidRequest' }))
    await refused('pds-failed')
  })

  it.each(['', 'com', 'com.example.*', '../..', 'com..example'])(
    'is refused for %j, before anybody is asked',
    async (group) => {
      await using world = await Publishers.open()
      await expect(list(world, group)).rejects.toMatchObject({ code: 'invalid-nsid' })
      expect(world.names).toEqual([])
    },
  )
})
