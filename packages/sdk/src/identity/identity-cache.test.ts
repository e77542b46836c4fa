import { expect, test } from 'vitest'

import { MemoryIdentityCache } from './index.ts'

const entry = (value: `did:plc:${string}`) => ({ value, storedAt: 0 })
const ENTRY_SIZE = 1 + JSON.stringify(entry('did:plc:a')).length

test('a cache gives what was put in, until it is deleted', () => {
  const cache = new MemoryIdentityCache()
  expect(cache.get('a')).toBeUndefined()
  cache.set('a', entry('did:plc:a'))
  expect(cache.get('a')).toEqual(entry('did:plc:a'))
  cache.set('a', entry('did:plc:b'))
  expect(cache.get('a')).toEqual(entry('did:plc:b'))
  cache.delete('a')
  expect(cache.get('a')).toBeUndefined()
})

test('a full cache forgets what was used least recently', () => {
  const cache = new MemoryIdentityCache({ maxSize: 3 * ENTRY_SIZE })
  for (const key of ['a', 'b', 'c']) cache.set(key, entry('did:plc:x'))
  cache.get('a')
  cache.set('d', entry('did:plc:x'))
  expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key))).toEqual(['a', 'c', 'd'])
})

test('an entry that is put in again, or deleted, counts once', () => {
  const cache = new MemoryIdentityCache({ maxSize: 2 * ENTRY_SIZE })
  for (let i = 0; i < 10; i++) cache.set('a', entry('did:plc:x'))
  for (let i = 0; i < 10; i++) cache.delete('c')
  cache.set('b', entry('did:plc:x'))
  expect(cache.get('a')).toBeDefined()
  expect(cache.get('b')).toBeDefined()
})

test('an entry that is larger than the cache is not kept', () => {
  const cache = new MemoryIdentityCache({ maxSize: ENTRY_SIZE })
  cache.set('a', entry(`did:plc:${'x'.repeat(100)}`))
  expect(cache.get('a')).toBeUndefined()
})
