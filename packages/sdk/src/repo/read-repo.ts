// Whole repositories, as `com.atproto.sync.getRepo` gives them.

import type { ByteStream } from '../base/index.ts'
import type { ReadRepoOptions } from './read-repo-options.ts'
import { readRepoBytes } from './repo-bytes.ts'
import type { Repo } from './repo-bytes.ts'
import { readRepoStream } from './repo-stream.ts'
import type { RepoStream } from './repo-stream.ts'

/**
 * Reads a repository out of a CAR file, and checks it: the hash of every block; that the commit is of
 * the account and signed by it, as far as the options say who that is; the whole tree, with the order,
 * height and syntax of its keys; and that nothing is missing. Blocks may come in any order, more than
 * once, and without anything that refers to them. That records agree with their lexicons is not
 * checked, nor are they decoded before somebody reads them.
 *
 * Of bytes, all that is done before anything is given out. Of a stream, which may be larger than
 * memory, only the commit is: the rest goes along with the iteration.
 * A stream that holds a block once for several records of the same content is read as long as they are
 * within some 4 MB of each other; beyond, it ends in `missing-block`, and its bytes can be read as a whole.
 *
 * @throws {RepoError} from this function or, of a stream, from the iteration: `invalid-car`,
 * `hash-mismatch`, `missing-block`, `buffer-full` (of a stream, see `maxBufferedBytes`);
 * `invalid-commit`, `did-mismatch`, `invalid-signature`, `invalid-signing-key`; of the tree
 * `malformed-node`, `node-too-large`, `node-height`, `empty-node`, `key-order`, `duplicate-key`,
 * `key-prefix`, `key-height`, `invalid-key`, `invalid-path`. From `record`: `invalid-record`.
 *
 * @example
 * ```ts
 * const { did, pds } = await identity.resolve('alice.example')
 * const signingKey = await identity.resolveKey(did)
 * const response = await fetch(`${pds}/xrpc/com.atproto.sync.getRepo?did=${did}`)
 * const { commit, records } = await readRepo(response.body!, { did, signingKey })
 * for await (const { collection, rkey, record } of records) console.log(collection, rkey, record)
 * ```
 */
export async function readRepo(source: Uint8Array, options?: ReadRepoOptions): Promise<Repo>
export async function readRepo(source: ByteStream, options?: ReadRepoOptions): Promise<RepoStream>
export async function readRepo(
  source: Uint8Array | ByteStream,
  options: ReadRepoOptions = {},
): Promise<Repo | RepoStream> {
  // Not instanceof: the bytes may be of another realm.
  return ArrayBuffer.isView(source)
    ? readRepoBytes(source, options)
    : readRepoStream(source, options)
}
