import { expect, test } from 'vitest'
import { rejectedBy } from '../../test/thrown.ts'
import { CryptoError, generateKeypair, importKeypair } from '../crypto/index.ts'
import { encodeCbor, fromLexBytes, toLexBytes } from '../data/index.ts'
import { FirehoseError } from './firehose-error.ts'
import { isLabelActive, signLabel, verifyLabel } from './label-signature.ts'
import type { SignedLabel } from './label-signature.ts'

const src = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'
const cts = '2024-01-02T03:04:05.678Z'
const short = { src, uri: 'did:plc:z72i7hdynmk6r22z27h6tvur', val: 'spam', cts } as const
const long = {
  src,
  uri: 'at://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/3l6oveex3ii2l',
  cid: 'bafyreidwaivazkwu67xztlmuobx35hs2lnfh3kolmgfmucldvhd3sgzcqi',
  val: '!warn',
  neg: true,
  cts,
  exp: '2025-01-02T03:04:05.678Z',
} as const

// Made by signLabel of @atproto/ozone, with private keys of 32 times 7.
const ofReference = {
  k256: {
    signingKey: 'did:key:zQ3shXgWjVsCJsv9mBm6kVqFSjAnErMg3zG9CcyvmUCCaFRCr',
    short:
      'jiHfYf1N6vtnheemeltXeEFGr8Yo3M5EWzAFygx9xZlfVa5Nghvc8KPcghXmJ4JeGGUfQ+xY4be8qnjhjCt3Rg==',
    long: 'QmEyssBRTJnq/QKm8Bxz70VIZYn0+OmhpnazE0L+kh1/TRdluc3mInqcMCT8H+jeHc+dS3GzQb5h0J2xNBYEBw==',
  },
  p256: {
    signingKey: 'did:key:zDnaejgmAHMLkBPMBWnkBxyGxpXx8LgE4WJAYDhwZzyoRAddF',
    short:
      'u2Pfw74hpwjg4ULt3UmR3j4LfMOUuBKuKdPOcMrswmUSwq1RVUHYf7/gSPiSIH4QFgkKWePC9uPQYR1gX0/RwQ==',
    long: 'Fb2gQAmgo7FDOYdCfNt3inGTJLNyY4+5NFtFFszE0TJ+Iristw5d6K1O0onIa+A4COm7NOmX/m3/9sXkYVaUsg==',
  },
}

test.each(['k256', 'p256'] as const)(
  'verifies what the reference labeler signed with %s',
  async (curve) => {
    const { signingKey, ...signatures } = ofReference[curve]
    await expect(
      verifyLabel({ ver: 1, ...short, sig: { $bytes: signatures.short } }, { signingKey }),
    ).resolves.toBeUndefined()
    await expect(
      verifyLabel({ ver: 1, ...long, sig: { $bytes: signatures.long } }, { signingKey }),
    ).resolves.toBeUndefined()
  },
)

test('signs what the reference labeler signs', async () => {
  const keypair = await importKeypair('k256', new Uint8Array(32).fill(7))
  const { signingKey, ...signatures } = ofReference.k256
  expect(keypair.did).toBe(signingKey)
  for (const [label, $bytes] of [
    [short, signatures.short],
    [long, signatures.long],
  ] as const) {
    const { sig, ...signed } = await signLabel(label, keypair)
    expect(signed).toEqual({ ver: 1, ...label })
    // Signatures differ from time to time; that of the reference is of the same fields.
    await expect(
      verifyLabel({ ...signed, sig: { $bytes } }, { signingKey }),
    ).resolves.toBeUndefined()
    expect(fromLexBytes(sig)).toHaveLength(64)
  }
})

test('a signed label verifies with the key that signed it and with no other', async () => {
  const keypair = await generateKeypair('p256')
  const label = await signLabel(long, keypair)
  await expect(verifyLabel(label, { signingKey: keypair.did })).resolves.toBeUndefined()
  const other = await generateKeypair('p256')
  const refused = await rejectedBy(FirehoseError, () =>
    verifyLabel(label, { signingKey: other.did }),
  )
  expect(refused).toMatchObject({ code: 'verification-failed', did: src })
  expect(refused.cause).toMatchObject({ code: 'signature-mismatch' })
})

test('signing makes the version 1, drops an old signature and a negation that is false', async () => {
  const keypair = await generateKeypair('p256')
  const old = { ...short, ver: 7, neg: false, sig: { $bytes: 'AAAA' }, extra: 1 }
  const { sig, ...signed } = await signLabel(old, keypair)
  expect(signed).toEqual({ ver: 1, ...short })
  expect(sig.$bytes).not.toBe('AAAA')
})

const changes: Partial<Record<keyof SignedLabel, unknown>> = {
  src: 'did:plc:z72i7hdynmk6r22z27h6tvur',
  uri: src,
  cid: undefined,
  val: '!hide',
  neg: false,
  cts: '2024-01-02T03:04:05.679Z',
  exp: undefined,
}

test.each(Object.entries(changes))('a signature covers %s', async (field, value) => {
  const keypair = await generateKeypair('p256')
  const label = { ...(await signLabel(long, keypair)), [field]: value }
  const refused = await rejectedBy(FirehoseError, () =>
    verifyLabel(label, { signingKey: keypair.did }),
  )
  expect(refused.code).toBe('verification-failed')
})

test('a signature covers no field that the specification does not know', async () => {
  const keypair = await generateKeypair('p256')
  const signed = await signLabel(short, keypair)
  const label = { ...signed, $type: 'com.atproto.label.defs#label', extra: 1.5 } as const
  await expect(verifyLabel(label, { signingKey: keypair.did })).resolves.toBeUndefined()
})

test('a negation of false that was signed verifies as it stands', async () => {
  const keypair = await generateKeypair('p256')
  const fields = { ver: 1, ...short, neg: false }
  const sig = toLexBytes(await keypair.sign(encodeCbor(fields)))
  await expect(
    verifyLabel({ ...fields, sig }, { signingKey: keypair.did }),
  ).resolves.toBeUndefined()
})

test('a label without a version is of version 1', async () => {
  const keypair = await generateKeypair('p256')
  const { ver: _, ...label } = await signLabel(short, keypair)
  await expect(verifyLabel(label, { signingKey: keypair.did })).resolves.toBeUndefined()
})

test.each([
  ['has no signature', { sig: undefined }, 'unsigned-label'],
  ['is of another version', { ver: 2 }, 'invalid-label'],
  ['has a signature that is not base64', { sig: { $bytes: '#' } }, 'invalid-label'],
  ['has a signature of another type', { sig: 'text' }, 'invalid-label'],
  ['holds what the data model does not know', { val: 1.5 }, 'invalid-label'],
  ['has a short signature', { sig: { $bytes: 'AAAA' } }, 'verification-failed'],
] as const)('refuses a label that %s', async (_, change, code) => {
  const keypair = await generateKeypair('p256')
  const label = { ...(await signLabel(short, keypair)), ...change } as unknown as SignedLabel
  const refused = await rejectedBy(FirehoseError, () =>
    verifyLabel(label, { signingKey: keypair.did }),
  )
  expect(refused).toMatchObject({ code, did: src })
})

test('says when the key is at fault', async () => {
  const label = await signLabel(short, await generateKeypair('p256'))
  const refused = await rejectedBy(FirehoseError, () => verifyLabel(label, { signingKey: 'x' }))
  expect(refused.code).toBe('verification-failed')
  expect(refused.cause).toBeInstanceOf(CryptoError)
})

test('a label is active until it expires, and never where it takes another back', () => {
  const at = Date.parse(long.exp)
  expect(isLabelActive(short, at)).toBe(true)
  expect(isLabelActive({ ...short, exp: long.exp }, at - 1)).toBe(true)
  expect(isLabelActive({ ...short, exp: long.exp }, at)).toBe(false)
  expect(isLabelActive({ ...short, exp: long.exp })).toBe(false)
  expect(isLabelActive({ ...short, neg: true }, at)).toBe(false)
  expect(isLabelActive({ ...short, exp: 'some day' }, at)).toBe(true)
})
