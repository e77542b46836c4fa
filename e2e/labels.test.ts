// Labels that the SDK signs, before the reference implementation, and the other way round.
import { generateKeypair } from 'atproto.ts/crypto'
import { fromLexBytes, toLexBytes } from 'atproto.ts/data'
import { signLabel, verifyLabel } from 'atproto.ts/firehose'
import { expect, test } from 'vitest'
import { createReferenceKeypair, signInReference, verifyInReference } from './reference-labels.ts'

const src = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'
const cts = '2024-01-02T03:04:05.678Z'
const labels = [
  { src, uri: 'did:plc:z72i7hdynmk6r22z27h6tvur', val: 'spam', cts },
  { src, uri: 'did:plc:z72i7hdynmk6r22z27h6tvur', val: 'spam', cts, neg: false },
  {
    src,
    uri: 'at://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/3l6oveex3ii2l',
    cid: 'bafyreidwaivazkwu67xztlmuobx35hs2lnfh3kolmgfmucldvhd3sgzcqi',
    val: '!warn',
    neg: true,
    cts,
    exp: '2025-01-02T03:04:05.678Z',
  },
] as const

test.each(['k256', 'p256'] as const)('labels signed by the reference verify: %s', async (curve) => {
  const keypair = await createReferenceKeypair(curve)
  for (const label of labels) {
    const { sig, ...signed } = await signInReference(label, keypair)
    const received = { ...label, ...signed, neg: 'neg' in signed || undefined }
    const verdict = verifyLabel(
      { ...received, sig: toLexBytes(sig!) },
      { signingKey: keypair.did() },
    )
    await expect(verdict).resolves.toBeUndefined()
  }
})

test.each(['k256', 'p256'] as const)('labels signed here verify there: %s', async (curve) => {
  const keypair = await generateKeypair(curve)
  for (const label of labels) {
    const { sig, ...signed } = await signLabel(label, keypair)
    expect(await verifyInReference({ ...signed, sig: fromLexBytes(sig) }, keypair.did)).toBe(true)
  }
})
