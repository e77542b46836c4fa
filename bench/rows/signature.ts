import crypto, { type KeyObject } from 'node:crypto'
import {
  P256Keypair,
  Secp256k1Keypair,
  verifySignature as atprotoVerifySignature,
} from '@atproto/crypto'
import { p256 } from '@noble/curves/p256'
import { secp256k1 } from '@noble/curves/secp256k1'
import { importKeypair, parseDidKey, sha256, verifySignature } from 'atproto.ts/crypto'
import type { Keypair, PointVerifier } from 'atproto.ts/crypto'
import secp256k1Native from 'secp256k1'
import type { Case, Row, Side } from '../harness/row.ts'

/** As large as the commit of a repository. */
const MESSAGE_BYTES = 200
const MESSAGES = 20
const PRIVATE_KEY = new Uint8Array(32).fill(0x77)

type Algorithm = Keypair['algorithm']
type Bytes = Uint8Array<ArrayBuffer>

interface Signed {
  bytes: Bytes
  signature: Bytes
}

const native: PointVerifier = (point, bytes, signature) =>
  secp256k1Native.ecdsaVerify(signature, sha256(bytes), point)

const verifications = [await verifying('p256'), await verifying('k256'), await verifyingNatively()]
const signings = [await signing('p256'), await signing('k256')]

/** Whether signatures are those of a key. */
export const signatureVerify: Row = {
  name: 'signature-verify',
  title:
    'Signatures of commits against the did:key of their account, one after the other. What node:crypto takes on its own is what a verification costs at least: in the thread pool, where other work goes on meanwhile, or at once.',
  cases: () => verifications,
}

/** Signatures. */
export const signatureSign: Row = {
  name: 'signature-sign',
  title: 'Signing commits, one after the other.',
  cases: () => signings,
}

async function verifying(algorithm: Algorithm): Promise<Case> {
  const keypair = await importKeypair(algorithm, PRIVATE_KEY)
  const { bytes: point } = parseDidKey(keypair.did)
  const signed = await signedBy(keypair)
  const options = { key: publicKeyOf(privateKeyOf(algorithm)), dsaEncoding: 'ieee-p1363' } as const
  const curve = algorithm === 'p256' ? p256 : secp256k1

  const sides: [Side, ...Side[]] = [
    verifyingAll('atproto.ts', 'form, lower s', signed, ({ bytes, signature }) =>
      verifySignature(keypair.did, bytes, signature),
    ),
    verifyingAll('node:crypto, thread pool', 'nothing else', signed, ({ bytes, signature }) =>
      verifyInPool(bytes, options, signature),
    ),
    verifyingAll('node:crypto, at once', 'nothing else', signed, ({ bytes, signature }) =>
      crypto.verify('sha256', bytes, options, signature),
    ),
    verifyingAll('@atproto/crypto', 'form, lower s', signed, ({ bytes, signature }) =>
      atprotoVerifySignature(keypair.did, bytes, signature),
    ),
    verifyingAll('@noble/curves', 'form, lower s', signed, ({ bytes, signature }) =>
      curve.verify(signature, bytes, point, { prehash: true, lowS: true }),
    ),
  ]
  return { name: algorithm, items: MESSAGES, sides }
}

async function verifyingNatively(): Promise<Case> {
  const keypair = await importKeypair('k256', PRIVATE_KEY)
  const { bytes: point } = parseDidKey(keypair.did)
  const signed = await signedBy(keypair)
  const sides: [Side, ...Side[]] = [
    verifyingAll('atproto.ts with secp256k1', 'form, lower s', signed, ({ bytes, signature }) =>
      verifySignature(keypair.did, bytes, signature, { k256: native }),
    ),
    verifyingAll('secp256k1', 'form, lower s', signed, ({ bytes, signature }) =>
      native(point, bytes, signature),
    ),
  ]
  return { name: 'k256, native code', items: MESSAGES, sides }
}

async function signing(algorithm: Algorithm): Promise<Case> {
  const keypair = await importKeypair(algorithm, PRIVATE_KEY)
  const Reference = algorithm === 'p256' ? P256Keypair : Secp256k1Keypair
  const reference = await Reference.import(PRIVATE_KEY)
  const options = { key: privateKeyOf(algorithm), dsaEncoding: 'ieee-p1363' } as const
  const curve = algorithm === 'p256' ? p256 : secp256k1
  const check = (bytes: Bytes, signature: Uint8Array): Promise<boolean> =>
    verifySignature(keypair.did, bytes, signature)
  const sides: [Side, ...Side[]] = [
    signingAll('atproto.ts', 'the lower s', (bytes) => keypair.sign(bytes), check),
    signingAll('node:crypto, thread pool', 'either s', (bytes) => signInPool(bytes, options)),
    signingAll('node:crypto, at once', 'either s', (bytes) =>
      crypto.sign('sha256', bytes, options),
    ),
    signingAll('@atproto/crypto', 'the lower s', (bytes) => reference.sign(bytes), check),
    signingAll(
      '@noble/curves',
      'the lower s',
      (bytes) => curve.sign(bytes, PRIVATE_KEY, { prehash: true, lowS: true }).toBytes('compact'),
      check,
    ),
  ]
  return { name: algorithm, items: MESSAGES, sides }
}

function verifyingAll(
  name: string,
  checks: string,
  signed: readonly Signed[],
  verify: (signed: Signed) => boolean | Promise<boolean>,
): Side {
  return {
    name,
    checks,
    async run() {
      for (const one of signed) {
        const verified = verify(one)
        if (verified instanceof Promise) await verified
      }
    },
    result: () =>
      Promise.all(
        signed.map(async ({ bytes, signature }, i) => [
          await verify({ bytes, signature }),
          await verify({ bytes: signed[(i + 1) % signed.length]!.bytes, signature }),
        ]),
      ),
  }
}

function signingAll(
  name: string,
  checks: string,
  sign: (bytes: Bytes) => Uint8Array | Promise<Uint8Array>,
  check: (bytes: Bytes, signature: Uint8Array) => boolean | Promise<boolean> = () => true,
): Side {
  return {
    name,
    checks,
    async run() {
      for (const bytes of messages()) {
        const signature = sign(bytes)
        if (signature instanceof Promise) await signature
      }
    },
    // Two signatures of the same bytes may differ: what counts is that they hold.
    result: () => Promise.all(messages().map(async (bytes) => check(bytes, await sign(bytes)))),
  }
}

function verifyInPool(
  bytes: Bytes,
  options: { key: KeyObject; dsaEncoding: 'ieee-p1363' },
  signature: Bytes,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    crypto.verify('sha256', bytes, options, signature, (error, isValid) => {
      if (error) reject(error)
      else resolve(isValid)
    })
  })
}

function signInPool(
  bytes: Bytes,
  options: { key: KeyObject; dsaEncoding: 'ieee-p1363' },
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    crypto.sign('sha256', bytes, options, (error, signature) => {
      if (error) reject(error)
      else resolve(signature)
    })
  })
}

async function signedBy(keypair: Keypair): Promise<Signed[]> {
  const signed: Signed[] = []
  for (const bytes of messages()) signed.push({ bytes, signature: await keypair.sign(bytes) })
  return signed
}

function messages(): Bytes[] {
  return Array.from({ length: MESSAGES }, (_, i) => new Uint8Array(MESSAGE_BYTES).fill(i))
}

function privateKeyOf(algorithm: Algorithm): KeyObject {
  const pair = crypto.createECDH(algorithm === 'p256' ? 'prime256v1' : 'secp256k1')
  pair.setPrivateKey(PRIVATE_KEY)
  const point = pair.getPublicKey()
  return crypto.createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: algorithm === 'p256' ? 'P-256' : 'secp256k1',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
      d: Buffer.from(PRIVATE_KEY).toString('base64url'),
    },
  })
}

function publicKeyOf(privateKey: KeyObject): KeyObject {
  return crypto.createPublicKey(privateKey)
}
