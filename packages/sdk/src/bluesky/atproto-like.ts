// What the helpers of this room need of an ATProto, so that any client can stand in its place.
import type { Did } from '../syntax/index.ts'
import type { XrpcClient } from '../xrpc/index.ts'

/** A client that makes calls for an account, such as an `ATProto`. */
export interface AtprotoLike {
  readonly client: XrpcClient
  /** The account's DID; without one, only what everybody may read can be called. */
  readonly did?: Did | undefined
}

/**
 * @internal The account's DID.
 * @throws TypeError where nobody is logged in.
 */
export function requireDid({ did }: AtprotoLike): Did {
  if (!did) throw new TypeError('This needs a session: log in first')
  return did
}
