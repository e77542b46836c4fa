// What the PLC directory says of an account, and how that is changed behind its PDS's back.
import { PlcDirectory, type PlcOperation } from 'atproto.ts/identity'
import type { Actor, Stage } from './stage.ts'

/** An account in the PLC directory. */
export class PlcAccount {
  readonly #stage: Stage
  readonly #actor: Actor
  readonly #directory: PlcDirectory

  constructor(stage: Stage, actor: Actor) {
    this.#stage = stage
    this.#actor = actor
    this.#directory = new PlcDirectory({ url: stage.network.plcUrl })
  }

  /** The key that the account's commits are signed with. */
  async signingKey(): Promise<string> {
    const { data } = await this.#directory.verify(this.#actor.account.did)
    const key = data?.verificationMethods['atproto']
    if (key === undefined) throw new Error('The account has no signing key')
    return key
  }

  /**
   * Names another key in the account's document. The PDS signs the change, but learns nothing of it: it
   * goes on to sign commits with its own.
   */
  async setSigningKey(key: string): Promise<void> {
    const { account, atproto } = this.#actor
    await atproto.identity.requestPlcOperationSignature()
    const token = this.#stage.pds.mailedCode(account.email)
    const verificationMethods = { atproto: key }
    const { operation } = (await atproto.identity.signPlcOperation({ token, verificationMethods }))
      .data
    await this.#directory.submit(account.did, operation as unknown as PlcOperation)
  }
}
