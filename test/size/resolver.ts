import { IdentityResolver } from 'atproto.ts/identity'

const resolver = new IdentityResolver()
const { did, handle, pds, signingKey } = await resolver.resolve('alice.example.com')
console.log(did, handle, pds, signingKey)
