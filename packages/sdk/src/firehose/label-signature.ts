// Signs labels, and verifies who signed them: https://atproto.com/specs/label#signatures
import type { Label } from '../../lexicons/com.atproto.label.defs.ts'
import { assertSignature } from '../crypto/index.ts'
import type { Signer, VerifySignatureOptions } from '../crypto/index.ts'
import { encodeCbor, fromLexBytes, toLexBytes } from '../data/index.ts'
import type { LexBytes } from '../data/index.ts'
import { FirehoseError } from './firehose-error.ts'

/** The version of labels, the only one there is. */
const LABEL_VERSION = 1

/** What a signature covers. A label may carry more, which nobody vouches for. */
const SIGNED_FIELDS = ['ver', 'src', 'uri', 'cid', 'val', 'neg', 'cts', 'exp'] as const

/** A label in the form in which services hand it to one another. */
export type SignedLabel = Label & { ver: number; sig: LexBytes }

/** Which key a label has to be signed with, and how that is verified. */
export interface VerifyLabelOptions extends VerifySignatureOptions {
  /**
   * The labeler's key as a did:key: the one under `#atproto_label` in the DID document of the label's
   * `src`. No other key of the document will do, even where that one is missing.
   */
  signingKey: string
}

/**
 * Signs a label. What it says is not validated; `neg` is left out where it is false, and any field
 * that the specification does not know as well.
 *
 * @param label Without `ver` and `sig`: whatever these are, the version is 1 and the signature new.
 * @param signer The key that stands under `#atproto_label` in the DID document of `src`.
 * @throws {DataError} as `encodeCbor` does.
 *
 * @example
 * ```ts
 * const label = await signLabel(
 *   { src: labeler, uri: post.uri, cid: post.cid, val: 'spam', cts: new Date().toISOString() },
 *   keypair,
 * )
 * ```
 */
export async function signLabel(label: Label, signer: Signer): Promise<SignedLabel> {
  const signed = signedFields({ ...label, ver: LABEL_VERSION, neg: label.neg || undefined })
  return { ...signed, sig: toLexBytes(await signer.sign(encodeCbor(signed))) }
}

/**
 * Checks that a key signed a label. The signature covers the fields of the label's specification;
 * whatever else the label carries has no author.
 *
 * It remains with the caller that the key is the labeler's and whether the label is still good, see
 * {@link isLabelActive}. Services that put labels into their answers may leave the signatures out.
 *
 * @throws {FirehoseError} `unsigned-label`; `invalid-label` where its version is another, or where it
 *   is no value of the data model; `verification-failed` where the key did not sign it as it is, with
 *   the CryptoError as its cause.
 *
 * @example
 * ```ts
 * const signingKey = await identity.resolveKey(label.src, 'atproto_label')
 * await verifyLabel(label, { signingKey })
 * ```
 */
export async function verifyLabel(
  label: Label,
  { signingKey, ...options }: VerifyLabelOptions,
): Promise<void> {
  const { did, sig, bytes } = signedContent(label)
  try {
    await assertSignature(signingKey, bytes, sig, options)
  } catch (cause) {
    const message = `The label "${label.val}" on ${label.uri} is not signed by ${did}`
    throw new FirehoseError(message, { code: 'verification-failed', did, cause })
  }
}

/**
 * Whether a label says something now: it neither takes an earlier one back nor has expired. Of labels
 * with the same `src`, `uri` and `val`, the one with the latest `cts` counts.
 *
 * @param now In milliseconds since 1970.
 * @see https://atproto.com/specs/label#label-lifecycle-negation-and-expiration
 */
export function isLabelActive({ neg, exp }: Label, now: number = Date.now()): boolean {
  return !neg && !(exp !== undefined && Date.parse(exp) <= now)
}

function signedContent(label: Label): { did: string; sig: Uint8Array; bytes: Uint8Array } {
  const { src: did, sig, ver = LABEL_VERSION } = label
  if (!sig) throw new FirehoseError('The label has no signature', { code: 'unsigned-label', did })
  if (ver !== LABEL_VERSION) {
    const message = `Labels of version ${ver} are not known`
    throw new FirehoseError(message, { code: 'invalid-label', did })
  }
  try {
    return { did, sig: fromLexBytes(sig), bytes: encodeCbor(signedFields({ ...label, ver })) }
  } catch (cause) {
    const message = 'The label is no value of the data model'
    throw new FirehoseError(message, { code: 'invalid-label', did, cause })
  }
}

function signedFields<Fields extends Label>(label: Fields): Fields {
  const fields = SIGNED_FIELDS.map((name) => [name, label[name]] as const)
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as Fields
}
