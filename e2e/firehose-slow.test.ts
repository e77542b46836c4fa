// What the reference PDS does with a consumer that it holds to be too slow, and what becomes of it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Follower } from './follower.ts'
import { startNetwork, type ReferenceNetwork } from './network.ts'

let network: ReferenceNetwork
beforeAll(async () => {
  network = await startNetwork()
})
afterAll(async () => network.close())

test('a subscription that the PDS closes as too slow goes on and loses nothing', async () => {
  // It holds back one event. A new account makes four at once.
  const pds = await network.addPds({ serviceDid: 'did:web:hasty.test', maxSubscriptionBuffer: 1 })
  await using follower = new Follower({ service: pds.url, cursor: 0, verify: 'content' })
  const refusal = follower.untilError(({ error }) => error === 'ConsumerTooSlow')
  let refusals = 0
  void refusal.then(() => refusals++)
  let last = ''
  // Nothing is held back while a connection is catching up: it may take a few.
  for (let accounts = 0; accounts < 3 || refusals === 0; accounts++) {
    last = (await pds.createAccount()).did
  }
  await follower.until((event) => event.kind === 'sync' && event.did === last)

  await using witness = new Follower({ service: pds.url, cursor: 0, verify: 'content' })
  await witness.until((event) => event.kind === 'sync' && event.did === last)
  expect(follower.events).toEqual(witness.events)
  const { error, code } = await refusal
  expect({ error, code }).toEqual({ error: 'ConsumerTooSlow', code: 'error-frame' })
  expect(follower.subscription.stats.reconnects).toBe(follower.errors.length)
})
