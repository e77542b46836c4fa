// An account with a repository of its own making, where the reference PDS would not take it.
import { generateKeypair, sha256 } from 'atproto.ts/crypto'
import {
  cidForCbor,
  CODEC_DAG_CBOR,
  encodeCar,
  encodeCbor,
  formatCid,
  toLexBytes,
  type CarBlock,
} from 'atproto.ts/data'
import { Mst } from 'atproto.ts/repo'
import { nextTid } from 'atproto.ts/syntax'

/** What a stream and a directory tell of the account. */
export interface HostileAccount {
  didDocument: object
  /** The first commit of its repository, signed, with a proof of all that it did. */
  frame: Uint8Array
}

/**
 * Makes an account whose first commit has some records, in whatever bytes.
 *
 * @param seq The place of the commit in the stream.
 * @param records By their paths.
 */
export async function createHostileAccount(
  did: string,
  seq: number,
  records: { readonly [path: string]: Uint8Array },
): Promise<HostileAccount> {
  const keypair = await generateKeypair('k256')
  const blocks: CarBlock[] = Object.values(records).map((bytes) => {
    const digest = sha256(bytes)
    return { cid: formatCid({ version: 1, codec: CODEC_DAG_CBOR, hash: 0x12, digest }), bytes }
  })
  const entries = Object.keys(records).map((path, i) => [path, blocks[i]!.cid] as const)
  const tree = Mst.from(entries)
  tree.save({ put: (cid, bytes) => blocks.push({ cid, bytes }) })
  const rev = nextTid()
  const unsigned = { did, version: 3, rev, data: { $link: tree.root() }, prev: null }
  const sig = await keypair.sign(encodeCbor(unsigned))
  const commit = { ...unsigned, sig: { ...toLexBytes(sig) } }
  const cid = cidForCbor(commit)
  const message = {
    repo: did,
    seq,
    time: new Date().toISOString(),
    rev,
    since: null,
    commit: { $link: cid },
    ops: entries.map(([path, of]) => ({ action: 'create', path, cid: { $link: of } })),
    blocks: { ...toLexBytes(encodeCar([cid], [{ cid, bytes: encodeCbor(commit) }, ...blocks])) },
    blobs: [],
    rebase: false,
    tooBig: false,
  }
  const didDocument = {
    id: did,
    verificationMethod: [
      {
        id: `${did}#atproto`,
        type: 'Multikey',
        controller: did,
        publicKeyMultibase: keypair.did.slice('did:key:'.length),
      },
    ],
  }
  const parts = [encodeCbor({ op: 1, t: '#commit' }), encodeCbor(message)]
  return { didDocument, frame: new Uint8Array(Buffer.concat(parts)) }
}
