// The reference network in this process: a PLC directory and a PDS, on free ports of this machine.
import { loadDevEnv, type PdsSettings } from './dev-env.ts'
import { ReferencePds } from './pds.ts'

export type { PdsSettings } from './dev-env.ts'
export type { Account, Mail, ReferencePds } from './pds.ts'

/** A PLC directory and its PDSes. */
export interface ReferenceNetwork extends AsyncDisposable {
  /** The PLC directory's origin. */
  readonly plcUrl: string
  /** The PDS that every network starts with. */
  readonly pds: ReferencePds
  /** Starts one more PDS on the same PLC directory, for instance to move an account to. */
  addPds(settings?: PdsSettings): Promise<ReferencePds>
  /** Stops everything; afterwards nothing keeps the process alive. */
  close(): Promise<void>
}

/**
 * Starts the reference PDS and PLC within this process: 4 s the first time, most of it to load the
 * code, then 0.2 s. Nothing of it is kept when it is closed.
 *
 * It needs Node 22 and the packages of `e2e/`, so call {@link setUpReferenceNetwork} of setup.ts
 * before, which installs them where they are missing. Any script of the repository can use it:
 *
 * @example
 * import { startNetwork } from '../e2e/network.ts'
 * import { setUpReferenceNetwork } from '../e2e/setup.ts'
 *
 * await setUpReferenceNetwork()
 * const network = await startNetwork()
 * const alice = await network.pds.createAccount('alice') // { did, handle, password, accessJwt, … }
 * await fetch(`${network.pds.url}/xrpc/com.atproto.repo.describeRepo?repo=${alice.did}`)
 * new WebSocket(`${network.pds.url.replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos?cursor=0`)
 * await network.close()
 *
 * @param settings of the PDS; rate limits, for one, are on only with `{ rateLimitsEnabled: true }`.
 */
export async function startNetwork(settings: PdsSettings = {}): Promise<ReferenceNetwork> {
  const devEnv = await loadDevEnv()
  const plc = await devEnv.TestPlc.create({})
  const pdses: ReferencePds[] = []
  const addPds = async (own: PdsSettings = {}): Promise<ReferencePds> => {
    const pds = await ReferencePds.start(devEnv, plc.url, own)
    pdses.push(pds)
    return pds
  }
  const close = async (): Promise<void> => {
    for (const pds of pdses.splice(0)) await pds.close()
    await plc.close()
  }
  try {
    const pds = await addPds(settings)
    return { plcUrl: plc.url, pds, addPds, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}
