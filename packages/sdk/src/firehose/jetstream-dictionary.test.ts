import { expect, test } from 'vitest'
import { LoopbackJetstream } from '../../test/firehose/jetstream.ts'
import { rejectedBy } from '../../test/thrown.ts'
import { FirehoseError } from './firehose-error.ts'
import { fetchJetstreamDictionary } from './jetstream-dictionary.ts'

test('fetches the dictionary of a service', async () => {
  await using jetstream = await LoopbackJetstream.start(0)
  jetstream.dictionary = Uint8Array.of(0x37, 0xa4, 0x30, 0xec, 1, 2, 0, 0, 9)
  const dictionary = await fetchJetstreamDictionary({ service: jetstream.url })
  expect(dictionary).toEqual(jetstream.dictionary)
})

test('refuses what is no dictionary, as of a service that has none', async () => {
  await using jetstream = await LoopbackJetstream.start(0)
  for (const answer of [new Uint8Array(), new TextEncoder().encode('{"error":"NotFound"}')]) {
    jetstream.dictionary = answer
    const error = await rejectedBy(FirehoseError, () =>
      fetchJetstreamDictionary({ service: jetstream.url }),
    )
    expect(error.code).toBe('connection-failed')
    expect(error.cause).toBeInstanceOf(TypeError)
  }
})

test('ends with its signal', async () => {
  const signal = AbortSignal.abort()
  const error = await rejectedBy(FirehoseError, () =>
    fetchJetstreamDictionary({ service: 'ws://127.0.0.1:1', signal }),
  )
  expect(error.cause).toBe(signal.reason)
})
