import crypto from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { parseDidKey, sha256 } from 'atproto.ts/crypto'
import type { PointVerifier } from 'atproto.ts/crypto'
import { decodeCbor, encodeCbor, fromLexBytes, readCar } from 'atproto.ts/data'
import type { LexBytes, LexValue } from 'atproto.ts/data'
import { decodeFrame, EventVerifier } from 'atproto.ts/firehose'
import type { RepoEvent } from 'atproto.ts/firehose'
import secp256k1 from 'secp256k1'
import { loadCommits } from '../corpus/frames.ts'
import type { Frame } from '../corpus/frames.ts'
import type { Case, Row, Side } from '../harness/row.ts'
import { syncReader } from './firehose-peers.ts'

/** Enough that what there is to wait for at the beginning and the end is little beside the rest. */
const FRAMES = 600
/** Those who verify signatures in JavaScript take a second for each. */
const ROUNDS = 15
/** What a socket gives at a time. */
const SOCKET_BYTES = 65_536

type Keys = Readonly<Record<string, string>>

/** Frames of the firehose with all of them verified. */
export const firehoseFull: Row = {
  name: 'firehose-full',
  title:
    'Commits with all verified: content, signature (secp256k1), and that they follow each other; the keys of the accounts are known. By the clock on the wall, with all cores, against what signatures alone cost.',
  cases() {
    const { live, keys } = loadCommits()
    const frames = live.slice(0, FRAMES)
    const signed = frames.map((frame) => signedBy(frame, keys))
    return [withThePlatform(frames, keys, signed), withNativeCode(frames, keys, signed)]
  },
}

function withThePlatform(frames: readonly Frame[], keys: Keys, signed: readonly Signed[]): Case {
  const sides: [Side, ...Side[]] = [
    counting('atproto.ts', 'content, signature, chain', () => verifyAll(frames, keys)),
    counting('node:crypto, thread pool', 'the signature alone', () => verifySignatures(signed)),
    verifyingByPeer(frames, keys),
  ]
  return { name: 'platform', items: frames.length, clock: 'wall', rounds: ROUNDS, sides }
}

function withNativeCode(frames: readonly Frame[], keys: Keys, signed: readonly Signed[]): Case {
  const sides: [Side, ...Side[]] = [
    counting('atproto.ts with secp256k1', 'content, signature, chain', () =>
      verifyAll(frames, keys, nativeVerifier),
    ),
    counting('secp256k1', 'the signature alone', () => {
      const verified = signed.filter(({ point, bytes, signature }) =>
        nativeVerifier(point, bytes, signature),
      )
      return verified.length
    }),
    verifyingByPeer(frames, keys),
  ]
  return { name: 'native code', items: frames.length, clock: 'wall', rounds: ROUNDS, sides }
}

function nativeVerifier(point: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  return secp256k1.ecdsaVerify(signature, sha256(bytes), point)
}

function verifyingByPeer(frames: readonly Frame[], keys: Keys): Side {
  const read = syncReader(keys)
  return counting('@atproto/sync', 'form, proofs of operations, signature', async () => {
    for (const frame of frames) await read(frame)
    return frames.length
  })
}

/** A side that counts what it verified. */
function counting(name: string, checks: string, verify: () => number | Promise<number>): Side {
  return { name, checks, run: verify, result: verify }
}

/** As a subscription does it: checks begin as frames arrive, as many at a time as a socket gives. */
async function verifyAll(
  frames: readonly Frame[],
  keys: Keys,
  k256?: PointVerifier,
): Promise<number> {
  const identity = { resolveKey: async (did: string) => keys[did]! }
  const verifier = new EventVerifier({ verify: 'full', identity, k256 })
  const checks: Promise<RepoEvent>[] = []
  let received = 0
  for (const frame of frames) {
    const check = verifier.check(decodeFrame(frame))
    if (check instanceof Promise) checks.push(check)
    received += frame.length
    if (received < SOCKET_BYTES) continue
    received = 0
    await setImmediate()
  }
  const events = await Promise.all(checks)
  return events.filter(
    (event) => event.kind === 'commit' && event.verification?.signature === 'verified',
  ).length
}

/** A commit, and what it takes to verify its signature. */
interface Signed {
  bytes: Uint8Array
  signature: Uint8Array
  point: Uint8Array
  key: KeyObject
}

function signedBy(frame: Frame, keys: Keys): Signed {
  const event = decodeFrame(frame)
  if (event.kind !== 'commit') throw new Error('Not a commit')
  const [block] = [...readCar(event.blocks).blocks].filter(({ cid }) => cid === event.commit)
  const { sig, ...fields } = decodeCbor(block!.bytes) as { [field: string]: LexValue }
  const { bytes: point } = parseDidKey(keys[event.did]!)
  return {
    bytes: encodeCbor(fields),
    signature: fromLexBytes(sig as unknown as LexBytes),
    point,
    key: publicKeyOf(point),
  }
}

function publicKeyOf(point: Uint8Array): KeyObject {
  const raw = crypto.ECDH.convertKey(point, 'secp256k1', undefined, 'hex', 'uncompressed')
  // After its form, the coordinates with 64 digits each.
  const [x, y] = [raw.slice(2, 66), raw.slice(66)].map((part) =>
    Buffer.from(part as string, 'hex').toString('base64url'),
  )
  return crypto.createPublicKey({
    key: { kty: 'EC', crv: 'secp256k1', x: x!, y: y! },
    format: 'jwk',
  })
}

async function verifySignatures(signed: readonly Signed[]): Promise<number> {
  const results = await Promise.all(
    signed.map(
      ({ bytes, signature, key }) =>
        new Promise<boolean>((resolve, reject) => {
          crypto.verify(
            'sha256',
            bytes,
            { key, dsaEncoding: 'ieee-p1363' },
            signature,
            (error, isValid) => {
              if (error) reject(error)
              else resolve(isValid)
            },
          )
        }),
    ),
  )
  return results.filter(Boolean).length
}
