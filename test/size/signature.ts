import { verifySignature } from 'atproto.ts/crypto'

const bytes = new TextEncoder().encode('hello')
const signature = new Uint8Array(await (await fetch('/signature')).arrayBuffer())
console.log(
  await verifySignature(
    'did:key:zDnaembgSGUhZULN2Caob4HLJPaxBh92N7rtH21TErzqf8HQo',
    bytes,
    signature,
  ),
)
