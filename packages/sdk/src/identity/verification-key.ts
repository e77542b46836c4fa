// The public keys in a DID document, from the forms in which documents write them to did:key. It is
// done on the text alone, without code for curves: that a point lies on its curve is found where the
// key is used. See atproto.ts/crypto for keys to sign and verify with.
import { decodeBase58, encodeBase58 } from '../base/index.ts'
import type { DidKey } from '../crypto/index.ts'
import type { VerificationMethod } from './did-document.ts'

/** A key in multibase base58btc. Longer texts hold none, and reading takes the square of the length. */
const KEY = /^z([^1].{0,126})$/

/** A Multikey in hexadecimal: the multicodec of P-256 or secp256k1, then a compressed point. */
const MULTIKEY = /^(?:8024|e701)0[23].{64}$/

/** The types of the older forms, which hold a point without the multicodec of its curve. */
const OLDER_TYPES = new Map([
  ['EcdsaSecp256r1VerificationKey2019', '8024'],
  ['EcdsaSecp256k1VerificationKey2019', 'e701'],
])

/** The point of an older form in hexadecimal, its leading zero left out: x, then y. */
const POINT = /^4(.{64}).{64}$/

/**
 * The first valid key of the DID's subject under an id, as a did:key, or undefined where there is
 * none. Takes keys as Multikey and in the two older forms.
 *
 * @param document The DID document, whose `id` has been checked.
 * @param fragment What stands after the # in the key's id: `atproto` for the key that signs
 *   repositories and tokens, `atproto_label` for labels.
 * @see https://atproto.com/specs/did#representation-of-public-keys
 */
export function verificationKey(
  document: { id: string; verificationMethod?: unknown },
  fragment = 'atproto',
): DidKey | undefined {
  const { id, verificationMethod: methods } = document
  if (!Array.isArray(methods)) return undefined
  for (const method of methods as (Partial<VerificationMethod> | null)[]) {
    const isNamed = [`#${fragment}`, `${id}#${fragment}`].includes(String(method?.id))
    const key = isNamed && method?.controller === id && readKey(method)
    if (key) return key
  }
  return undefined
}

function readKey({ type = '', publicKeyMultibase: text }: Partial<VerificationMethod>) {
  const [, base58 = ''] = (typeof text === 'string' && KEY.exec(text)) || []
  const hex = decodeBase58(base58)?.toString(16) ?? ''
  if (type === 'Multikey') return MULTIKEY.test(hex) && (`did:key:z${base58}` as const)
  const multicodec = OLDER_TYPES.get(type)
  const [, x] = POINT.exec(hex) ?? []
  if (!multicodec || !x) return undefined
  // The compressed point is x and whether y is odd.
  const key = `0x${multicodec}0${/[13579bdf]$/.test(hex) ? 3 : 2}${x}`
  return `did:key:z${encodeBase58(BigInt(key))}` as const
}
