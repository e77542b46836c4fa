// Commits that are made here.

import type { Signer } from '../crypto/index.ts'
import { encodeCbor, toLexBytes } from '../data/index.ts'
import type { CarBlock } from '../data/index.ts'
import type { RepoCommit } from './commit.ts'
import { cborBlock } from './writer-block.ts'

/** A commit with its block. */
export interface SignedCommit {
  commit: RepoCommit
  block: CarBlock
}

/** Signs a state of a repository. */
export async function signCommit(
  { did, rev, data }: Pick<RepoCommit, 'did' | 'rev' | 'data'>,
  signer: Signer,
): Promise<SignedCommit> {
  const version = 3
  // Other versions had a chain of commits. Readers still expect the field.
  const prev = null
  const unsigned = { did, version, rev, prev, data: { $link: data } }
  const sig = await signer.sign(encodeCbor(unsigned))
  const block = cborBlock(encodeCbor({ ...unsigned, sig: toLexBytes(sig) }))
  return { commit: { cid: block.cid, did, version, rev, data, prev, sig }, block }
}

/** The block of a commit that was read, without fields that this version does not know. */
export function commitBlock({ did, version, rev, data, prev, sig }: RepoCommit): CarBlock {
  return cborBlock(
    encodeCbor({
      did,
      version,
      rev,
      prev: prev && { $link: prev },
      data: { $link: data },
      sig: toLexBytes(sig),
    }),
  )
}
