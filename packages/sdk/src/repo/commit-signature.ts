// Whose commit it is (https://atproto.com/specs/repository#commit-objects).

import { concatBytes } from '../base/index.ts'
import { assertSignature, CryptoError } from '../crypto/index.ts'
import type { VerifySignatureOptions } from '../crypto/index.ts'
import { decodeCbor } from '../data/index.ts'
import type { CommitBlock } from './commit.ts'
import { RepoError } from './repo-error.ts'

/** Whether a signature was checked: one that is wrong is an error. */
export type SignatureCheck = 'verified' | 'no-signing-key'

/** Whose commit it has to be. */
export interface CommitOptions extends VerifySignatureOptions {
  /** The account, whose DID the commit must name. */
  did?: string | undefined
  /** The account's key from its DID document, as a did:key. Without it no signature is checked. */
  signingKey?: string | undefined
}

/**
 * Checks whose commit it is, as far as the options say. Many at a time are verified side by side,
 * in threads of the platform.
 *
 * @returns Whether the signature was verified: only without a key it is not.
 * @throws {RepoError} `did-mismatch`, `invalid-signature`, `invalid-signing-key` (the key is at fault)
 */
export async function verifyCommit(
  { commit: { cid, did, sig }, block }: CommitBlock,
  options: CommitOptions = {},
): Promise<SignatureCheck> {
  if (options.did !== undefined && did !== options.did) {
    throw new RepoError(`The commit is of ${did}, not of ${options.did}`, {
      code: 'did-mismatch',
      cid,
    })
  }
  if (options.signingKey === undefined) return 'no-signing-key'
  try {
    await assertSignature(options.signingKey, withoutSignature(block), sig, options)
  } catch (cause) {
    if (!(cause instanceof CryptoError) || cause.code === 'verifier-failed') throw cause
    const code = cause.code.startsWith('signature-') ? 'invalid-signature' : 'invalid-signing-key'
    throw new RepoError(`The commit ${cid}: ${cause.message}`, { code, cid, cause })
  }
  return 'verified'
}

// The name of the field, and the head of 64 bytes: a signature of another length is refused anyway.
const SIG_HEAD_BYTES = 6

/**
 * What was signed: the commit as it was before the signature came into it. As its encoding is
 * canonical, that is the same without the one field, and with one less in the head of the map.
 */
function withoutSignature(block: Uint8Array): Uint8Array {
  const { sig } = decodeCbor(block, { raw: true }) as { sig: Uint8Array }
  const start = sig.byteOffset - block.byteOffset
  return concatBytes([
    Uint8Array.of(block[0]! - 1),
    block.subarray(1, start - SIG_HEAD_BYTES),
    block.subarray(start + sig.length),
  ])
}
