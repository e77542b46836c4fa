import { IdentityResolver } from 'atproto.ts/identity'
import type { Row, Side } from '../harness/row.ts'

const CALLS = 1000
const HANDLE = 'alice.example.com'
const DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'

const DOCUMENT = {
  id: DID,
  alsoKnownAs: [`at://${HANDLE}`],
  verificationMethod: [
    {
      id: `${DID}#atproto`,
      type: 'Multikey',
      controller: DID,
      publicKeyMultibase: 'zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc',
    },
  ],
  service: [
    {
      id: '#atproto_pds',
      type: 'AtprotoPersonalDataServer',
      serviceEndpoint: 'https://pds.example.com',
    },
  ],
}

/** Who is who, where it is known already. */
export const identityCached: Row = {
  name: 'identity-cached',
  title: 'An identity that is in the cache, one after the other, its handle checked both ways.',
  async cases() {
    const resolver = new IdentityResolver({
      dns: async () => [[`did=${DID}`]],
      fetch: async (input) =>
        new Request(input).url.endsWith(DID)
          ? Response.json(DOCUMENT)
          : new Response('', { status: 404 }),
    })
    await resolver.resolve(HANDLE)
    return [HANDLE, DID].map((identifier) => ({
      name: identifier === DID ? 'by its DID' : 'by its handle',
      items: CALLS,
      sides: [resolving(resolver, identifier)],
    }))
  },
}

function resolving(resolver: IdentityResolver, identifier: string): Side {
  return {
    name: 'atproto.ts',
    checks: 'both ways, age of both answers',
    async run() {
      for (let n = 0; n < CALLS; n++) await resolver.resolve(identifier)
    },
    result: () => resolver.resolve(identifier),
  }
}
