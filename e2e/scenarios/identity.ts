// com.atproto.identity: handles, and changes to a did:plc document.
import { expect } from 'vitest'
import type { Actor, Stage } from '../stage.ts'
import type { Scenarios } from './scenario.ts'

/** Signs an operation that adds a name to the account's DID document. */
async function signOperation({ pds }: Stage, { account, atproto }: Actor, alias: string) {
  await atproto.identity.requestPlcOperationSignature()
  const token = pds.mailedCode(account.email)
  const alsoKnownAs = [`at://${account.handle}`, alias]
  return (await atproto.identity.signPlcOperation({ token, alsoKnownAs })).data.operation
}

export const identity: Scenarios<'identity'> = {
  async getRecommendedDidCredentials({ enter, pds }) {
    const { account, atproto } = await enter()
    const { data } = await atproto.identity.getRecommendedDidCredentials()
    expect(data).toMatchObject({
      alsoKnownAs: [`at://${account.handle}`],
      services: { atproto_pds: { type: 'AtprotoPersonalDataServer', endpoint: pds.url } },
    })
  },

  async requestPlcOperationSignature({ enter, pds }) {
    const { account, atproto } = await enter()
    await atproto.identity.requestPlcOperationSignature()
    expect(pds.mailedCode(account.email)).toBeTruthy()
  },

  async resolveHandle({ enter, visitor }) {
    const { did, handle } = (await enter()).account
    expect((await visitor.identity.resolveHandle({ handle })).data).toEqual({ did })
  },

  async signPlcOperation(stage) {
    const operation = await signOperation(stage, await stage.enter(), 'at://signed.test')
    expect(operation).toMatchObject({
      type: 'plc_operation',
      alsoKnownAs: [expect.any(String), 'at://signed.test'],
      sig: expect.any(String),
    })
  },

  async submitPlcOperation(stage) {
    const actor = await stage.enter()
    const operation = await signOperation(stage, actor, 'at://submitted.test')
    await actor.atproto.identity.submitPlcOperation({ operation })
    const response = await fetch(`${stage.network.plcUrl}/${actor.account.did}`)
    expect(await response.json()).toMatchObject({
      alsoKnownAs: [expect.any(String), 'at://submitted.test'],
    })
  },

  async updateHandle({ enter, visitor }) {
    const { account, atproto } = await enter()
    const handle = `new-${account.handle}` as const
    await atproto.identity.updateHandle({ handle })
    expect((await visitor.identity.resolveHandle({ handle })).data.did).toBe(account.did)
  },
}
