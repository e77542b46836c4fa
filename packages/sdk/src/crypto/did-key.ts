// Public keys as text: Multikey, and did:key, which is a Multikey behind `did:key:`
// (https://atproto.com/specs/cryptography#public-key-encoding). That a point lies on its curve is
// found where the key is used: a text can be read without any code for curves.

import { decodeBase58, encodeBase58 } from '../base/index.ts'
import { CryptoError } from './crypto-error.ts'
import { COMPRESSED_POINT_BYTES, curves, type KeyAlgorithm } from './curve.ts'

/** A public key as a DID of its own. */
export type DidKey = `did:key:z${string}`

/** A public key. */
export interface PublicKey {
  readonly algorithm: KeyAlgorithm
  /** The compressed point, 33 bytes. */
  readonly bytes: Uint8Array
}

const DID_KEY_PREFIX = 'did:key:'

/** Longer texts hold no key, and are not decoded to see what else they hold. */
const MAX_KEY_LETTERS = 128

/**
 * Reads the public key in a did:key.
 *
 * @throws {CryptoError} `invalid-key-text`: not a did:key in base58btc. `unsupported-key`: a key of
 * another kind than P-256 and secp256k1. `invalid-point`: not 33 bytes of a compressed point.
 *
 * @example
 * ```ts
 * parseDidKey('did:key:zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc').algorithm // 'k256'
 * ```
 */
export function parseDidKey(didKey: string): PublicKey {
  if (!didKey.startsWith(DID_KEY_PREFIX)) throw invalidText('A did:key begins with did:key:')
  return parseMultikey(didKey.slice(DID_KEY_PREFIX.length))
}

/**
 * Writes a public key as a did:key.
 *
 * @throws {CryptoError} `invalid-point` where the key's bytes are not a compressed point.
 */
export function formatDidKey(key: PublicKey): DidKey {
  return `did:key:${formatMultikey(key)}`
}

/**
 * Reads a public key in the Multikey form, as the `publicKeyMultibase` of a DID document has it.
 *
 * @throws {CryptoError} as {@link parseDidKey}.
 */
export function parseMultikey(multikey: string): PublicKey {
  const bytes = decodeKeyText(multikey)
  for (const algorithm of ['p256', 'k256'] as const) {
    const { multicodec } = curves[algorithm]
    if (multicodec.every((byte, i) => byte === bytes[i])) {
      return checkPoint({ algorithm, bytes: bytes.subarray(multicodec.length) })
    }
  }
  throw new CryptoError('The key is of a kind that the protocol does not use', {
    code: 'unsupported-key',
  })
}

/**
 * Writes a public key in the Multikey form.
 *
 * @throws {CryptoError} `invalid-point` where the key's bytes are not a compressed point.
 */
export function formatMultikey(key: PublicKey): `z${string}` {
  const { algorithm, bytes } = checkPoint(key)
  return `z${encodeBase58(numberOf([...curves[algorithm].multicodec, ...bytes]))}`
}

/**
 * The bytes of a key in multibase base58btc.
 *
 * @throws {CryptoError} `invalid-key-text` where it is anything else.
 */
export function decodeKeyText(text: string): Uint8Array<ArrayBuffer> {
  if (text.length > MAX_KEY_LETTERS) throw invalidText('The text is too long for a key')
  if (!/^z(?!1)/.test(text)) throw invalidText('A key is base58btc: a z with no 1 behind it')
  const number = decodeBase58(text.slice(1))
  if (number === undefined) throw invalidText('The key holds a letter that is not of base58btc')
  return bytesOf(number)
}

/** The number that bytes write, the highest first. */
function numberOf(bytes: readonly number[]): bigint {
  return bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n)
}

/** The bytes that write a number, without zeros before it. */
function bytesOf(number: bigint): Uint8Array<ArrayBuffer> {
  const bytes: number[] = []
  for (let rest = number; rest; rest /= 256n) bytes.unshift(Number(rest % 256n))
  return Uint8Array.from(bytes)
}

/** The key, whose bytes have the form of a compressed point. */
function checkPoint(key: PublicKey): PublicKey {
  const [parity] = key.bytes
  if (key.bytes.length !== COMPRESSED_POINT_BYTES || (parity !== 2 && parity !== 3)) {
    throw new CryptoError(
      `A public key is a compressed point of ${COMPRESSED_POINT_BYTES} bytes that begin with 2 or 3`,
      { code: 'invalid-point' },
    )
  }
  return key
}

function invalidText(message: string): CryptoError {
  return new CryptoError(message, { code: 'invalid-key-text' })
}
