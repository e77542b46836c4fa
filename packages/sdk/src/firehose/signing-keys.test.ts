import { expect, test } from 'vitest'
import { Deferred } from '../../test/firehose/deferred.ts'
import { SigningKeys } from './signing-keys.ts'

const DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'

/** Stands for the verification of a signature by one key. */
const by = (right: string) => async (key: string) => {
  if (key !== right) throw new Error(`not by ${key}`)
}

test('all who wait while a key is asked for anew get the new one, which is asked for once', async () => {
  const anew = new Deferred<string>()
  let asked = 0
  const keys = new SigningKeys(
    {
      async resolveKey(_did, _fragment, refresh) {
        if (!refresh) return 'old'
        asked++
        return anew.promise
      },
    },
    'atproto',
  )
  const checks = [1, 2, 3].map(() => keys.check(DID, by('new')))
  anew.resolve('new')
  await Promise.all(checks)
  await keys.check(DID, by('new'))
  expect(asked).toBe(1)
  await expect(keys.check(DID, by('another'))).rejects.toThrow('not by new')
  expect(asked).toBe(1)
})

test('what comes right behind the news of a change waits until the old key is forgotten', async () => {
  const forgotten = new Deferred<void>()
  let key = 'old'
  const keys = new SigningKeys(
    {
      resolveKey: async () => key,
      async invalidate() {
        await forgotten.promise
        key = 'new'
      },
    },
    'atproto',
  )
  await keys.check(DID, by('old'))
  keys.forget(DID)
  const check = keys.check(DID, by('new'))
  const other = keys.check('did:web:other.example', by('old'))
  await other
  forgotten.resolve()
  await check
  await expect(keys.check(DID, by('old'))).rejects.toThrow('not by new')
})

test('a key that cannot be forgotten is asked for anew when it does not fit', async () => {
  const keys = new SigningKeys(
    {
      resolveKey: async (_did, _fragment, refresh) => (refresh ? 'new' : 'old'),
      invalidate() {
        throw new Error('the store is gone')
      },
    },
    'atproto',
  )
  keys.forget(DID)
  await expect(keys.check(DID, by('new'))).resolves.toBeUndefined()
})
